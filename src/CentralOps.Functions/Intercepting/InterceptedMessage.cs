using System.Text.Json;

namespace CentralOps.Functions.Intercepting;

/// <summary>What AgentCore shows a REQUEST interceptor of an MCP gateway.</summary>
internal sealed record InterceptedMessage(JsonElement Body)
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("{}"u8);

    /// <summary>Of tools/call; null for any other message.</summary>
    public string? ToolName { get; private init; }

    /// <summary>As text, without a string's quotes.</summary>
    public string? MessageId { get; private init; }

    public JsonElement Arguments { get; private init; } = NoArguments;

    public string? Authorization { get; private init; }

    /// <summary>The ARN of a caller who signed; gateways of AWS_IAM were seen to give it.</summary>
    public string? Principal { get; private init; }

    public static InterceptedMessage? Read(JsonElement input)
    {
        if (!IsVersionOne(input) || Member(input, "mcp") is not { } mcp || Member(mcp, "gatewayRequest") is not { } request || Member(request, "body") is not { } body)
        {
            return null;
        }

        var parameters = Member(body, "params");
        return new InterceptedMessage(body)
        {
            ToolName = Text(body, "method") is "tools/call" && parameters is { } named ? Text(named, "name") : null,
            MessageId = IdOf(body),
            Arguments = parameters is { } given ? Member(given, "arguments") ?? NoArguments : NoArguments,
            Authorization = Member(request, "headers") is { } headers ? Header(headers, "Authorization") : null,
            Principal = Member(request, "context") is { } context && Member(context, "identity") is { } identity ? Text(identity, "awsPrincipalArn") : null,
        };
    }

    private static bool IsVersionOne(JsonElement input) => input.ValueKind == JsonValueKind.Object && Text(input, "interceptorInputVersion") is "1.0";

    private static string? IdOf(JsonElement body) =>
        !body.TryGetProperty("id"u8, out var id) ? null : id.ValueKind switch
        {
            JsonValueKind.String => Text(body, "id"),
            JsonValueKind.Number => id.GetRawText(),
            _ => null,
        };

    private static string? Header(JsonElement headers, string name)
    {
        foreach (var header in headers.EnumerateObject())
        {
            if (string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString() : null;
            }
        }

        return null;
    }

    private static JsonElement? Member(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement holder, string name)
    {
        try
        {
            return holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
