using System.Text.Json;
using CentralOps.Access.Callers;

namespace CentralOps.Gateway.Targets;

/// <summary>One call of one tool, found, judged and validated.</summary>
/// <param name="ToolName">As the client knows it: <c>target___tool</c>.</param>
/// <param name="Arguments">The arguments object, UTF-8 JSON as the client sent it: no duplicate members, at most 64 deep, fitting the schema.</param>
/// <param name="MessageId">The JSON-RPC id as it stood in the request: a JSON string or integer.</param>
/// <param name="Caller">Who asks.</param>
public readonly record struct ToolInvocation(
    string ToolName, ReadOnlyMemory<byte> Arguments, ReadOnlyMemory<byte> MessageId, Caller Caller)
{
    /// <summary>The JSON-RPC id as text, without the quotes of a string.</summary>
    public string MessageIdText()
    {
        var reader = new Utf8JsonReader(MessageId.Span);
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString()! : System.Text.Encoding.UTF8.GetString(MessageId.Span);
    }
}
