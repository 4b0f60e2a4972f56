using System.Text;
using System.Text.Json;
using CentralOps.Aws.Wire;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Sandbox.Lambda.Urls;

/// <summary>
/// What a function answered, as a response: an object with a status code says all of it itself, anything else is a body of JSON.
/// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
/// </summary>
internal static class UrlAnswer
{
    // What belongs to a connection is the server's to say.
    private static readonly string[] Reserved = ["connection", "content-length", "transfer-encoding", "keep-alive", "upgrade", "trailer", "te"];

    /// <summary>Null where the answer cannot be made a response.</summary>
    public static WireResponse? Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 1000 });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("statusCode", out var status)
                ? Whole(root, status)
                : Bare(payload);
        }
        catch (Exception unusable) when (unusable is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static WireResponse Bare(ReadOnlyMemory<byte> payload)
    {
        var response = new WireResponse { Status = StatusCodes.Status200OK, Body = payload };
        response.Headers.Add("Content-Type", "application/json");
        return response;
    }

    private static WireResponse? Whole(JsonElement root, JsonElement status)
    {
        if (status.ValueKind != JsonValueKind.Number || !status.TryGetInt32(out var code) || code is < 200 or > 599)
        {
            return null;
        }

        var text = root.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.String ? body.GetString()! : "";
        var isBase64 = root.TryGetProperty("isBase64Encoded", out var encoded) && encoded.ValueKind == JsonValueKind.True;
        var response = new WireResponse { Status = code, Body = isBase64 ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text) };
        response.Headers.Add("Content-Type", "application/json");
        if (root.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in headers.EnumerateObject().Where(IsPassed))
            {
                response.Headers.Set(header.Name, header.Value.ToString());
            }
        }

        return response;
    }

    private static bool IsPassed(JsonProperty header) =>
        header.Name.Length is > 0 and <= 256
        && header.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && !Reserved.Contains(header.Name, StringComparer.OrdinalIgnoreCase)
        && header.Value.ToString().All(c => c is >= ' ' and < '\x7f');
}
