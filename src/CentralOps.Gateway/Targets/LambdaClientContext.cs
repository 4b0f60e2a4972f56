using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Access.ClientContext;

namespace CentralOps.Gateway.Targets;

/// <summary>The client context that AgentCore Gateway gives a function: base64 of <c>{"custom": {…}}</c>.</summary>
internal static class LambdaClientContext
{
    /// <summary>What Lambda admits, as base64.</summary>
    public const int MaxLength = 3583;

    // Base64 carries any character; escaping would only make it longer.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="headers">What is propagated of the client's headers; objects in the context, as AgentCore has them, and absent where there is none.</param>
    /// <param name="query">What is propagated of the query, percent-encoded; the context has it decoded.</param>
    public static string Encode(
        LambdaFunction function,
        ToolInvocation invocation,
        string requestId,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        IReadOnlyList<KeyValuePair<string, string>> query)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("custom"u8);
            json.WriteString(ClientContextNames.MessageVersion, "1.0"u8);
            json.WriteString(ClientContextNames.AwsRequestId, requestId);
            json.WriteString(ClientContextNames.McpMessageId, invocation.MessageIdText());
            json.WriteString(ClientContextNames.GatewayId, function.GatewayId);
            json.WriteString(ClientContextNames.TargetId, function.TargetId);
            json.WriteString(ClientContextNames.ToolName, invocation.ToolName);
            Write(json, ClientContextNames.PropagatedHeaders, headers, value => value);
            Write(json, ClientContextNames.PropagatedQueryParameters, query, value => Uri.UnescapeDataString(value.Replace('+', ' ')));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Convert.ToBase64String(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string member, IReadOnlyList<KeyValuePair<string, string>> pairs, Func<string, string> decode)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        json.WriteStartObject(member);
        // A parameter that is there several times has its values in one text: an object names each once.
        foreach (var group in pairs.GroupBy(pair => decode(pair.Key), StringComparer.OrdinalIgnoreCase))
        {
            json.WriteString(group.Key, string.Join(',', group.Select(pair => decode(pair.Value))));
        }

        json.WriteEndObject();
    }
}
