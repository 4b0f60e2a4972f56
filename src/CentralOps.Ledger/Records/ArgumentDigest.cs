using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace CentralOps.Ledger.Records;

/// <summary>
/// Arguments as records have them. A plain digest of a short secret could be found by trying; with a key it cannot, and equal arguments are still
/// recognised by whoever keeps one key.
/// </summary>
internal sealed class ArgumentDigest(byte[] key)
{
    private const int MaxPlain = 4096;
    private const int MaxName = 64;
    private const int MaxDepth = 4;

    public void Write(Utf8JsonWriter json, LedgerArgument argument)
    {
        json.WritePropertyName(RecordText.Of(argument.Name, MaxName));
        if (argument.IsPlain && argument.Json.Length <= MaxPlain && Plain(argument.Json) is { } plain)
        {
            json.WriteRawValue(plain.WrittenSpan, skipInputValidation: true);
            return;
        }

        json.WriteStringValue("hmac-sha256:" + Convert.ToHexStringLower(HMACSHA256.HashData(key, argument.Json.Span)));
    }

    /// <summary>Through a document, so that a line is written one way only. Null for what a record cannot hold, such as half a surrogate pair.</summary>
    private static ArrayBufferWriter<byte>? Plain(ReadOnlyMemory<byte> value)
    {
        var output = new ArrayBufferWriter<byte>(256);
        try
        {
            using var document = JsonDocument.Parse(value, new JsonDocumentOptions { MaxDepth = MaxDepth });
            using var json = new Utf8JsonWriter(output);
            document.RootElement.WriteTo(json);
        }
        catch (Exception unfit) when (unfit is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }

        return output;
    }
}
