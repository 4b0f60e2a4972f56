using System.Text.Json;

namespace CentralOps.Sandbox.AwsMcp;

/// <summary>One JSON-RPC message from a client, checked.</summary>
/// <param name="Id">A string or a number; null for a notification or a response.</param>
/// <param name="Method">Empty for a response.</param>
internal sealed record McpMessage(JsonElement? Id, string Method, JsonElement Parameters)
{
    private const int LongestId = 256;
    private const int LongestMethod = 128;

    /// <summary>The message; null and what is wrong with it.</summary>
    public static McpMessage? Read(JsonElement root, out string problem)
    {
        problem = root.ValueKind switch
        {
            JsonValueKind.Array => "Batches are not taken; send one message a request.",
            not JsonValueKind.Object => "A message is a JSON object.",
            _ => "",
        };
        if (problem.Length > 0)
        {
            return null;
        }

        if (Text(root, "jsonrpc") is not "2.0")
        {
            problem = "jsonrpc: it has to be \"2.0\".";
            return null;
        }

        JsonElement? id = root.TryGetProperty("id", out var given) ? given : null;
        if (id is { } known && !IsId(known))
        {
            problem = $"id: it has to be a string or a number, {LongestId} characters at most.";
            return null;
        }

        var parameters = root.TryGetProperty("params", out var named) ? named : default;
        if (parameters.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
        {
            problem = "params: it has to be an object.";
            return null;
        }

        var isResponse = root.TryGetProperty("result", out _) || root.TryGetProperty("error", out _);
        var method = Text(root, "method");
        if (method is null ? !isResponse : method.Length is 0 or > LongestMethod)
        {
            problem = $"method: it has to be a string of 1 to {LongestMethod} characters.";
            return null;
        }

        return new McpMessage(method is null ? null : id, method ?? "", parameters);
    }

    public static string? Text(JsonElement parent, string member) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsId(JsonElement id) =>
        id.ValueKind is JsonValueKind.String or JsonValueKind.Number && id.GetRawText().Length <= LongestId;
}
