using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CentralOps.Access.CallerContext;

/// <summary>
/// What ties a caller context to one call. Arguments are digested by meaning, not by byte: between an interceptor of AgentCore and the function the
/// gateway writes them anew, and may space, order and escape differently. Different arguments never digest alike: strings by their
/// characters, numbers by their exact decimal value, never through a floating-point number.
/// </summary>
public static class CallBinding
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <returns>Base64url of SHA-256; null where the bytes are not strict JSON.</returns>
    public static string? OfArguments(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return OfArguments(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <exception cref="InvalidOperationException">A string holds half of a surrogate pair.</exception>
    public static string OfArguments(JsonElement arguments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, arguments);
        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    /// <param name="id">The JSON-RPC id as text, without a string's quotes.</param>
    public static string OfMessage(string id) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static void Append(IncrementalHash hash, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Begin(hash, 'o', value.GetPropertyCount());
                foreach (var member in value.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    Append(hash, 's', member.Name);
                    Append(hash, member.Value);
                }

                break;
            case JsonValueKind.Array:
                Begin(hash, 'a', value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                {
                    Append(hash, item);
                }

                break;
            case JsonValueKind.String:
                Append(hash, 's', value.GetString()!);
                break;
            case JsonValueKind.Number:
                Append(hash, 'n', DecimalText.Normalize(value.GetRawText()));
                break;
            default:
                Begin(hash, value.ValueKind switch { JsonValueKind.True => 't', JsonValueKind.False => 'f', _ => '0' }, 0);
                break;
        }
    }

    private static void Append(IncrementalHash hash, char kind, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Begin(hash, kind, bytes.Length);
        hash.AppendData(bytes);
    }

    // A kind and a length before everything: no two values can flow into each other.
    private static void Begin(IncrementalHash hash, char kind, int length)
    {
        Span<byte> head = [(byte)kind, 0, 0, 0, 0];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
        hash.AppendData(head);
    }
}
