using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Access.ClientContext;

namespace CentralOps.Gateway.Targets;

/// <summary>The client context that AgentCore Gateway gives a function: base64 of <c>{"custom": {…}}</c>. Lambda admits 3,583 bytes of it.</summary>
internal static class LambdaClientContext
{
    // Base64 carries any character; escaping would only make it longer.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Encode(LambdaFunction function, ToolInvocation invocation, string requestId)
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
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Convert.ToBase64String(bytes.WrittenSpan);
    }
}
