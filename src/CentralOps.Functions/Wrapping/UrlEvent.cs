using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using CentralOps.Proxy.Wrapping;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Functions.Wrapping;

/// <summary>
/// A request to a function URL, as Lambda hands it on: payload format 2.0.
/// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
/// </summary>
/// <param name="UserArn">Whom Lambda's authorizer names; null where there was none.</param>
internal sealed record UrlEvent(WrapperRequest Request, string? UserArn)
{
    private const int MaxHeaders = 200;
    private const int MaxArn = 2048;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>False where the event is none of a function URL.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out UrlEvent? read)
    {
        read = null;
        try
        {
            using var document = JsonDocument.Parse(payload, Options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "version") is not "2.0"
                || Member(root, "requestContext") is not { } context || Member(context, "http") is not { } http
                || Text(http, "method") is not { } method || Text(root, "rawPath") is not { } path)
            {
                return false;
            }

            var user = Member(context, "authorizer") is { } authorizer && Member(authorizer, "iam") is { } iam ? Text(iam, "userArn") : null;
            read = new UrlEvent(new WrapperRequest(method, path, Headers(root), Body(root)), user is { Length: > 0 and <= MaxArn } ? user : null);
            return true;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A response in the same format.</summary>
    public static ReadOnlyMemory<byte> Write(WrapperResponse response)
    {
        var bytes = new ArrayBufferWriter<byte>(response.Json.Length + 256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("statusCode"u8, response.Status);
            if (!response.Json.IsEmpty)
            {
                json.WriteStartObject("headers"u8);
                json.WriteString("Content-Type"u8, "application/json"u8);
                json.WriteEndObject();
                json.WriteString("body"u8, response.Json.Span);
            }

            json.WriteBoolean("isBase64Encoded"u8, false);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private static HeaderDictionary Headers(JsonElement root)
    {
        var headers = new HeaderDictionary();
        foreach (var header in Member(root, "headers") is { } given ? given.EnumerateObject().Take(MaxHeaders) : [])
        {
            if (header.Value.ValueKind == JsonValueKind.String)
            {
                headers[header.Name] = header.Value.GetString();
            }
        }

        return headers;
    }

    private static ReadOnlyMemory<byte> Body(JsonElement root)
    {
        var text = Text(root, "body") ?? "";
        var isBase64 = root.TryGetProperty("isBase64Encoded", out var encoded) && encoded.ValueKind == JsonValueKind.True;
        return isBase64 ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text);
    }

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
