using System.Text.Json;
using CentralOps.Access.Callers;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Targets;

/// <summary>Tells a caller something before the answer. One at a time, and none once the call has ended.</summary>
/// <param name="notification">A JSON-RPC notification in UTF-8; its memory is the target's again when the returned task has ended.</param>
public delegate ValueTask CallProgress(ReadOnlyMemory<byte> notification, CancellationToken cancellationToken);

/// <summary>One call of one tool, found, judged and validated.</summary>
/// <param name="ToolName"><c>target___tool</c>, also where clients are shown names without prefixes.</param>
/// <param name="Arguments">The arguments object, UTF-8 JSON as the client sent it: no duplicate members, at most 64 deep, fitting the schema where the gateway checks it.</param>
/// <param name="MessageId">The JSON-RPC id as it stood in the request: a JSON string or integer.</param>
/// <param name="Caller">Who asks.</param>
public readonly record struct ToolInvocation(
    string ToolName, ReadOnlyMemory<byte> Arguments, ReadOnlyMemory<byte> MessageId, Caller Caller)
{
    /// <summary>The client's headers, as interceptors left them; null where the call did not come over HTTP.</summary>
    public IHeaderDictionary? Headers { get; init; }

    /// <summary>Of the client's request, without the question mark.</summary>
    public string QueryString { get; init; } = "";

    /// <summary>
    /// An Authorization that an interceptor gave, which takes the place of the target's credential; null where none did. Never the client's own: that
    /// one is for the gateway.
    /// </summary>
    public string? Authorization { get; init; }

    /// <summary>The revision of MCP that the caller speaks.</summary>
    public string ProtocolVersion { get; init; } = ProtocolVersions.November2025;

    /// <summary>All of <c>params</c>: beside name and arguments <c>_meta</c>, and in the stateless revision <c>inputResponses</c> and <c>requestState</c>.</summary>
    public ReadOnlyMemory<byte> Params { get; init; }

    /// <summary>Takes what the target tells while the call runs; null where the caller cannot be told before the answer.</summary>
    public CallProgress? Progress { get; init; }

    /// <summary>The JSON-RPC id as text, without the quotes of a string.</summary>
    public string MessageIdText()
    {
        var reader = new Utf8JsonReader(MessageId.Span);
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString()! : System.Text.Encoding.UTF8.GetString(MessageId.Span);
    }
}
