namespace CentralOps.Access.Tokens;

/// <summary>What a provider publishes at one time. Immutable; as long as the provider publishes the same, it is the same instance.</summary>
public sealed class ProviderKeys
{
    private readonly ReadOnlyMemory<byte> _keySet;

    internal ProviderKeys(string issuer, JwkSet keys, ReadOnlyMemory<byte> metadata, ReadOnlyMemory<byte> keySet)
    {
        (Issuer, Keys, Metadata, _keySet) = (issuer, keys, metadata, keySet);
    }

    /// <summary>As its tokens have to have it.</summary>
    public string Issuer { get; }

    public JwkSet Keys { get; }

    /// <summary>The discovery document as it came.</summary>
    public ReadOnlyMemory<byte> Metadata { get; }

    internal bool IsSameAs(ProviderKeys other) => Metadata.Span.SequenceEqual(other.Metadata.Span) && _keySet.Span.SequenceEqual(other._keySet.Span);
}
