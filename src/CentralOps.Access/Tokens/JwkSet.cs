using System.Text.Json;

namespace CentralOps.Access.Tokens;

/// <summary>The public keys that a provider signs with at one time (RFC 7517, section 5). Immutable.</summary>
public sealed class JwkSet
{
    private const int MaxKeys = 100;

    private readonly IReadOnlyList<Jwk> _keys;

    private JwkSet(IReadOnlyList<Jwk> keys) => _keys = keys;

    /// <summary>How many of its keys can verify.</summary>
    public int Count => _keys.Count;

    /// <returns>Null where the bytes are no key set, hold a member twice or hold more than 100 keys. Keys that are not for us are left out.</returns>
    public static JwkSet? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, StrictClaims.Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("keys"u8, out var keys)
                && keys.ValueKind == JsonValueKind.Array
                && keys.GetArrayLength() <= MaxKeys
                ? new JwkSet([.. keys.EnumerateArray().Select(Jwk.Read).OfType<Jwk>()])
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The keys that a signature with this id and algorithm may be of; a token without an id goes with the only key there is for its algorithm.</summary>
    internal IReadOnlyList<Jwk> For(string? id, SignatureAlgorithm algorithm)
    {
        var fitting = _keys.Where(key => key.Fits(algorithm) && (id is null || string.Equals(key.Id, id, StringComparison.Ordinal))).ToArray();
        return id is null && fitting.Length != 1 ? [] : fitting;
    }

    /// <summary>There is a key of this id, whatever it is for.</summary>
    internal bool Knows(string? id) => id is not null && _keys.Any(key => string.Equals(key.Id, id, StringComparison.Ordinal));
}
