using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Access.ClientContext;

namespace CentralOps.Gateway.Targets;

/// <summary>The client context that AgentCore Gateway gives a function: base64 of <c>{"custom": {…}}</c>. </summary>
internal static class LambdaClientContext
{
    /// <summary>What Lambda admits, as base64.</summary>
    public const int MaxLength = 3583;

    private const int MaxBytes = MaxLength / 4 * 3;

    // Base64 carries any character; escaping would only make it longer.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null where it would be longer than Lambda admits.</returns>
    public static string? Encode(LambdaFunction function, ToolInvocation invocation, string requestId)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("custom"u8);
            json.WriteString(ClientContextNames.MessageVersion, "1.0"u8);
            json.WriteString(ClientContextNames.AwsRequestId, requestId);
            WriteMessageId(json, invocation);
            json.WriteString(ClientContextNames.GatewayId, function.GatewayId);
            json.WriteString(ClientContextNames.TargetId, function.TargetId);
            json.WriteString(ClientContextNames.ToolName, invocation.ToolName);
            if (function.Stamp is { } stamp && !stamp.TryWrite(json, invocation, MaxBytes))
            {
                return null;
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.WrittenCount > MaxBytes ? null : Convert.ToBase64String(bytes.WrittenSpan);
    }

    /// <summary>A string goes as it came: written anew, its characters could take more room than its sender was allowed.</summary>
    private static void WriteMessageId(Utf8JsonWriter json, ToolInvocation invocation)
    {
        var raw = invocation.MessageId.Span;
        if (raw is not [(byte)'"', ..])
        {
            json.WriteString(ClientContextNames.McpMessageId, raw);
            return;
        }

        json.WritePropertyName(ClientContextNames.McpMessageId);
        json.WriteRawValue(raw, skipInputValidation: true);
    }
}
