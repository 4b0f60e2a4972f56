using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CentralOps.Gateway.Storage.Sealing;

/// <summary>256 bits that seal secrets, and the id by which a sealed secret tells its key. <see cref="ToString"/> does not tell the key.</summary>
public sealed class MasterKey
{
    internal const int KeyBytes = 32;
    internal const int MostIdLength = 32;

    private readonly byte[] _key;

    private MasterKey(string id, byte[] key)
    {
        Id = id;
        _key = key;
    }

    /// <summary>1 to 32 of letters, digits, hyphen and underscore.</summary>
    public string Id { get; }

    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>A new one, called after the day it was made on and a random part.</summary>
    public static MasterKey New(TimeProvider time) =>
        new($"{time.GetUtcNow():yyyyMMdd}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}", RandomNumberGenerator.GetBytes(KeyBytes));

    /// <param name="text"><c>id:base64</c> of 32 bytes.</param>
    /// <param name="fault">What is wrong with it, without its value.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out MasterKey? key, [NotNullWhen(false)] out string? fault)
    {
        key = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            fault = "has no colon between id and key: write it as id:base64";
            return false;
        }

        var id = text[..colon];
        if (!IsId(id))
        {
            fault = $"has an id that is not 1 to {MostIdLength} letters, digits, hyphens and underscores";
            return false;
        }

        // A wrong key is refused here and not at the first secret: base64 of 32 bytes has 44 characters.
        var bytes = new byte[KeyBytes + 1];
        if (!Convert.TryFromBase64String(text[(colon + 1)..], bytes, out var written) || written != KeyBytes)
        {
            fault = $"({id}) is not base64 of {KeyBytes} bytes: make one with 'openssl rand -base64 {KeyBytes}'";
            return false;
        }

        key = new MasterKey(id, bytes[..KeyBytes]);
        CryptographicOperations.ZeroMemory(bytes);
        fault = null;
        return true;
    }

    /// <summary>As the setting and the file have it: only where it is written down.</summary>
    internal string Reveal() => $"{Id}:{Convert.ToBase64String(_key)}";

    public override string ToString() => $"master key {Id}";

    internal static bool IsId(ReadOnlySpan<char> id)
    {
        foreach (var character in id)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return id.Length is > 0 and <= MostIdLength;
    }
}
