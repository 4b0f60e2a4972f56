using System.Text.Json;
using CentralOps.Gateway.Serving;

namespace CentralOps.Gateway.Mcp;

/// <summary>What makes a message a JSON-RPC request or notification, as MCP narrows them.</summary>
internal static class MessageRules
{
    /// <returns>Why the message is refused; null when it may go on.</returns>
    public static McpError? Judge(Message message)
    {
        if (!message.IsObject)
        {
            return McpError.Invalid("A message must be a JSON object: {\"jsonrpc\": \"2.0\", \"id\": …, \"method\": …}.");
        }

        if (!message.Version.TextEquals("2.0"))
        {
            return McpError.Invalid("'jsonrpc' must be \"2.0\".");
        }

        if (!message.Id.IsAbsent && !IsUsable(message.Id))
        {
            return McpError.Invalid($"'id' must be a string of at most {Limits.MaxIdBytes} bytes or an integer of 64 bits; MCP admits no null and no fraction.");
        }

        if (message.IsResponse)
        {
            return McpError.Invalid("The message is a response, and the gateway has no request pending.");
        }

        if (!message.MethodName.IsString)
        {
            return McpError.Invalid("'method' must be a string.");
        }

        if (message.IsNotification && message.Method != McpMethod.Notification)
        {
            return McpError.Invalid("'id' is missing: only methods under notifications/ are sent without one.");
        }

        if (!message.Params.IsAbsent && !message.Params.IsObject)
        {
            return McpError.Invalid("'params' must be an object; leave it out where there are none.");
        }

        return message.Meta.IsAbsent || message.Meta.IsObject ? null : McpError.Invalid("'params._meta' must be an object.");
    }

    /// <summary>The id can be answered with: echoed as the bytes it came as.</summary>
    public static bool IsUsable(JsonToken id) => id.Kind switch
    {
        JsonTokenType.String => id.Raw.Length <= Limits.MaxIdBytes,
        JsonTokenType.Number => IsInteger(id.Raw.Span),
        _ => false,
    };

    private static bool IsInteger(ReadOnlySpan<byte> number) =>
        System.Buffers.Text.Utf8Parser.TryParse(number, out long _, out var read) && read == number.Length;
}
