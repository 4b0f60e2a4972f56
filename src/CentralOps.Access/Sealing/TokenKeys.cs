using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Access.Sealing;

/// <summary>
/// The keys of signed texts (<see cref="SignedText"/>): the first signs, all are accepted, so that a key can be changed while texts of the old one
/// are under way. Replicas and functions that have the same keys read each other's texts. Immutable, safe for concurrent use; no text form tells a key.
/// </summary>
public sealed class TokenKeys
{
    public const int MaxKeys = 16;

    private readonly IReadOnlyList<TokenKey> _keys;

    private TokenKeys(IReadOnlyList<TokenKey> keys) => _keys = keys;

    internal TokenKey Signing => _keys[0];

    /// <summary>One key that nobody else has: right for one process.</summary>
    public static TokenKeys New() => new([TokenKey.New()]);

    /// <param name="text">Keys as base64url of 32 bytes, separated by commas, the one that signs first.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out TokenKeys? keys)
    {
        keys = null;
        var parts = text.Split(',', MaxKeys + 1, StringSplitOptions.TrimEntries);
        var read = new List<TokenKey>(parts.Length);
        foreach (var part in parts)
        {
            if (!TokenKey.TryParse(part, out var key))
            {
                return false;
            }

            read.Add(key);
        }

        keys = read.Count <= MaxKeys ? new TokenKeys(read) : null;
        return keys is not null;
    }

    /// <summary>What <see cref="TryParse"/> takes: for who makes a key and hands it to its functions. A secret.</summary>
    public string Export() => string.Join(',', _keys.Select(static key => key.Export()));

    public override string ToString() => string.Join(", ", _keys);

    internal TokenKey? Find(ReadOnlySpan<byte> id)
    {
        foreach (var key in _keys)
        {
            if (key.Id.SequenceEqual(id))
            {
                return key;
            }
        }

        return null;
    }
}
