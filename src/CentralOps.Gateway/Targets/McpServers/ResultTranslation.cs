using System.Text;
using System.Text.Encodings.Web;
using CentralOps.Gateway.Mcp;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>
/// An answer of a server in the dialect of the caller. What both dialects know passes whole, members that nobody here knows among it; a result
/// that needs nothing passes as the very bytes.
/// </summary>
internal sealed class ResultTranslation(McpFailures failures)
{
    private static readonly System.Buffers.SearchValues<byte> EmptyList = System.Buffers.SearchValues.Create("[] \t\r\n"u8);

    // What the eras mark differently.
    private const ResultMember Marks = ResultMember.ResultType | ResultMember.Caching;

    private static ReadOnlySpan<byte> Complete => "\"resultType\":\"complete\""u8;

    // What a caller may see is judged for each one anew: nobody may keep an answer for another.
    private static ReadOnlySpan<byte> CompleteAndNotKept => "\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\""u8;

    public TargetAnswer ToCaller(McpReply reply, McpLink link, string method, Dialect caller)
    {
        if (reply.Failure is { } failure)
        {
            return TargetAnswer.Failed(failure);
        }

        return reply.Message.Kind == RpcKind.Error ? Error(reply, link, caller) : Result(reply.Message.Payload.Raw, method, caller);
    }

    private TargetAnswer Result(ReadOnlyMemory<byte> result, string method, Dialect caller)
    {
        if (ResultMembers.Read(result) is not { } members)
        {
            return Failed(failures.BadAnswer("answered with a result in which a member stands twice, or with more members than are looked through"));
        }

        if (!members.ResultType.IsAbsent && !members.ResultType.TextEquals("complete"))
        {
            return members.ResultType.TextEquals("input_required") ? InputRequired(result, method, caller) : Failed(failures.BadAnswer("answered with a resultType that the gateway does not know"));
        }

        return caller.IsStateless ? ForStateless(result, members, method) : ForHandshake(result, members, method, caller);
    }

    private static TargetAnswer ForStateless(ReadOnlyMemory<byte> result, ResultMembers members, string method)
    {
        var cacheable = method is not (RequestMethods.ToolsCall or RequestMethods.PromptsGet);
        if (!members.ResultType.IsAbsent && !cacheable)
        {
            return TargetAnswer.Result(result);
        }

        return TargetAnswer.Result(members.Write(Marks, cacheable ? CompleteAndNotKept : Complete));
    }

    private static TargetAnswer ForHandshake(ReadOnlyMemory<byte> result, ResultMembers members, string method, Dialect caller)
    {
        var calls = string.Equals(method, RequestMethods.ToolsCall, StringComparison.Ordinal);
        // Until the stateless revision, structured content is an object.
        var dropsStructure = !members.StructuredContent.IsAbsent && !(caller.HasStructuredContent && members.StructuredContent.IsObject);
        var lacksContent = calls && members.Content.IsAbsent;
        if (members.ResultType.IsAbsent && !members.HasCaching && !dropsStructure && !lacksContent)
        {
            return TargetAnswer.Result(result);
        }

        // What would be lost with the structure is told as text, where the server has not done that already.
        var bare = calls && (lacksContent || !members.Content.Raw.Span.ContainsAnyExcept(EmptyList));
        var more = !bare ? "" : dropsStructure ? $"\"content\":{TextContent(Encoding.UTF8.GetString(members.StructuredContent.Raw.Span))}" : "\"content\":[]";
        var dropped = Marks | (dropsStructure ? ResultMember.StructuredContent : ResultMember.None) | (bare ? ResultMember.Content : ResultMember.None);
        return TargetAnswer.Result(members.Write(dropped, Encoding.UTF8.GetBytes(more)));
    }

    /// <summary>A server that asks its caller something first: only a caller of the stateless revision can be asked.</summary>
    private TargetAnswer InputRequired(ReadOnlyMemory<byte> result, string method, Dialect caller)
    {
        if (method is not (RequestMethods.ToolsCall or RequestMethods.PromptsGet or RequestMethods.ResourcesRead))
        {
            return Failed(failures.BadAnswer("asks for input where MCP has none"));
        }

        if (caller.IsStateless)
        {
            return TargetAnswer.Result(result);
        }

        const string Told = "The MCP server asks for more input from the user (resultType input_required), which MCP " + ProtocolVersions.July2026
            + " can carry and this client's version cannot. Call again with a client of that version.";
        return method is RequestMethods.ToolsCall
            ? TargetAnswer.Result(Encoding.UTF8.GetBytes($"{{\"content\":{TextContent(Told)},\"isError\":true}}"))
            : TargetAnswer.Error(Encoding.UTF8.GetBytes($"{{\"code\":{(int)McpErrorCode.InvalidRequest},\"message\":\"{Told}\"}}"));
    }

    private TargetAnswer Error(McpReply reply, McpLink link, Dialect caller)
    {
        // These are about how the gateway asked; a caller would look for the mistake at himself.
        if (reply.ErrorCode is (int)McpErrorCode.HeaderMismatch or (int)McpErrorCode.UnsupportedProtocolVersion
            || (reply.ErrorCode is (int)McpErrorCode.MissingRequiredClientCapability && !caller.IsStateless))
        {
            return Failed(failures.Protocol($"refused the request of the gateway ({reply.ErrorCode}): {RpcError.TextOf(reply.Message)}"));
        }

        // "Resource not found" was a code of its own in the handshake era, and must not be sent any more since.
        var code = reply.ErrorCode switch
        {
            0 => (int)McpErrorCode.InternalError,
            -32002 when caller.IsStateless && !link.Dialect.IsStateless => (int)McpErrorCode.InvalidParams,
            var other => other,
        };
        return TargetAnswer.Error(RpcError.Shape(reply.Message, code));
    }

    private static string TextContent(string text) => $"[{{\"type\":\"text\",\"text\":\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"}}]";

    private static TargetAnswer Failed(TargetFailure failure) => TargetAnswer.Failed(failure);
}
