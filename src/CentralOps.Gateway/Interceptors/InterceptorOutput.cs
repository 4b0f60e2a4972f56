using System.Text.Json;
using System.Text.Unicode;

namespace CentralOps.Gateway.Interceptors;

/// <summary>
/// What an interceptor returned, judged: a gateway acts on nothing that it does not understand. Live gateways were seen to refuse whatever is not exactly a
/// transformed request or response under <c>mcp</c>, null bodies too.
/// </summary>
internal sealed class InterceptorOutput
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256, AllowDuplicateProperties = false };

    /// <summary>It is a response: of a REQUEST interceptor, one that takes the target's place.</summary>
    public bool IsResponse { get; private init; }

    /// <summary>Of a response; null: as it was.</summary>
    public int? Status { get; private init; }

    /// <summary>UTF-8 of a JSON object; null: as it was.</summary>
    public ReadOnlyMemory<byte>? Body { get; private init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; private init; } = [];

    /// <param name="onRequest">The interceptor stands before the target: it may return a request or a response.</param>
    /// <param name="bodyWasWithheld">Then a null body means the one that was not shown.</param>
    public static InterceptorOutput? Read(ReadOnlyMemory<byte> json, bool onRequest, bool bodyWasWithheld, out string problem)
    {
        problem = "it is not JSON with each member once";
        if (!Utf8.IsValid(json.Span))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return ReadRoot(document.RootElement, onRequest, bodyWasWithheld, out problem);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair shows only where the text is read.
            return null;
        }
    }

    private static InterceptorOutput? ReadRoot(JsonElement root, bool onRequest, bool bodyWasWithheld, out string problem)
    {
        problem = "it is not {\"interceptorOutputVersion\": \"1.0\", \"mcp\": {…}}";
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("interceptorOutputVersion"u8, out var version) || version.ValueKind != JsonValueKind.String || !version.ValueEquals("1.0"u8)
            || !root.TryGetProperty("mcp"u8, out var mcp) || mcp.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // A response wins over a request beside it: it says that the target is not to be asked.
        if (mcp.TryGetProperty("transformedGatewayResponse"u8, out var response) && response.ValueKind == JsonValueKind.Object)
        {
            return ReadResponse(response, onRequest, bodyWasWithheld, out problem);
        }

        problem = onRequest
            ? "mcp has neither a transformedGatewayRequest nor a transformedGatewayResponse object"
            : "mcp has no transformedGatewayResponse object";
        return onRequest && mcp.TryGetProperty("transformedGatewayRequest"u8, out var request) && request.ValueKind == JsonValueKind.Object
            ? ReadRequest(request, out problem)
            : null;
    }

    private static InterceptorOutput? ReadRequest(JsonElement request, out string problem) =>
        TryReadHeaders(request, out var headers, out problem) && TryReadBody(request, mayBeNull: false, out var body, out problem)
            ? new() { Headers = headers, Body = body }
            : null;

    private static InterceptorOutput? ReadResponse(JsonElement response, bool onRequest, bool bodyWasWithheld, out string problem)
    {
        problem = "transformedGatewayResponse.statusCode is not a whole number from 200 to 599 that has a body";
        int? status = null;
        if (response.TryGetProperty("statusCode"u8, out var code))
        {
            if (code.ValueKind != JsonValueKind.Number || !code.TryGetInt32(out var number) || number is < 200 or > 599 or 204 or 205 or 304)
            {
                return null;
            }

            status = number;
        }
        else if (onRequest)
        {
            return null;
        }

        // A short circuit that says nothing but its status is one; a transformed answer has to have something.
        return TryReadHeaders(response, out var headers, out problem) && TryReadBody(response, mayBeNull: bodyWasWithheld, out var body, out problem)
            ? new() { IsResponse = true, Status = status, Headers = headers, Body = body }
            : null;
    }

    private static bool TryReadBody(JsonElement holder, bool mayBeNull, out ReadOnlyMemory<byte>? body, out string problem)
    {
        (body, problem) = (null, "body is not a JSON object");
        if (!holder.TryGetProperty("body"u8, out var value) || (mayBeNull && value.ValueKind == JsonValueKind.Null))
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        body = System.Text.Encoding.UTF8.GetBytes(value.GetRawText());
        return true;
    }

    private static bool TryReadHeaders(JsonElement holder, out IReadOnlyList<KeyValuePair<string, string>> headers, out string problem)
    {
        (headers, problem) = ([], "headers is not an object of at most 100 printable strings");
        if (!holder.TryGetProperty("headers"u8, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() > HeaderRules.MaxCount)
        {
            return false;
        }

        var read = new List<KeyValuePair<string, string>>();
        foreach (var header in value.EnumerateObject())
        {
            if (header.Value.ValueKind != JsonValueKind.String || header.Value.GetString() is not { } text || !HeaderRules.IsName(header.Name) || !HeaderRules.IsValue(text))
            {
                return false;
            }

            if (!HeaderRules.IsFraming(header.Name))
            {
                read.Add(new(header.Name, text));
            }
        }

        headers = read;
        return true;
    }
}
