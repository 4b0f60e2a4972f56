using System.Text;
using System.Text.Json;

namespace CentralOps.Sandbox.Lambda;

/// <summary>The header <c>X-Amz-Client-Context</c>: a JSON object in base64, 3,583 bytes of it at most.</summary>
internal static class ClientContext
{
    private const int MaxBytes = 3583;

    /// <summary>The JSON, or a problem; both null when the header was not sent.</summary>
    public static (string? Json, string? Problem) Read(string? header)
    {
        if (header is null)
        {
            return (null, null);
        }

        if (header.Length > MaxBytes)
        {
            return (null, $"Client context must be at most {MaxBytes} bytes of base64-encoded data.");
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header, bytes, out var written) || !IsObject(bytes.AsSpan(0, written)))
        {
            return (null, "Client context must be a valid Base64-encoded JSON object.");
        }

        // It goes on as a header, and so as one line of ASCII.
        return (Ascii(Encoding.UTF8.GetString(bytes, 0, written)), null);
    }

    private static bool IsObject(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 32 });
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            return isObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Ascii(string json)
    {
        var text = new StringBuilder(json.Length);
        foreach (var c in json)
        {
            if (c is '\r' or '\n' or '\t')
            {
                // White space between tokens: inside a string JSON does not allow them.
                text.Append(' ');
            }
            else if (char.IsAscii(c) && !char.IsControl(c))
            {
                text.Append(c);
            }
            else
            {
                text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
