using System.Security.Cryptography;
using System.Text.Json;

namespace CentralOps.Ledger.Records;

/// <summary>
/// Arguments as records have them. A plain digest of a short secret could be found by trying; with a key it cannot, and equal arguments are still
/// recognised by whoever keeps one key.
/// </summary>
internal sealed class ArgumentDigest(byte[] key)
{
    private const int MaxPlain = 256;
    private const int MaxName = 64;

    public void Write(Utf8JsonWriter json, LedgerArgument argument)
    {
        json.WritePropertyName(argument.Name.Length <= MaxName ? argument.Name : argument.Name[..MaxName]);
        if (argument.IsPlain && argument.Json.Length <= MaxPlain)
        {
            // Through a document, so that a line is written one way only.
            using var value = JsonDocument.Parse(argument.Json);
            value.RootElement.WriteTo(json);
            return;
        }

        json.WriteStringValue("hmac-sha256:" + Convert.ToHexStringLower(HMACSHA256.HashData(key, argument.Json.Span)));
    }
}
