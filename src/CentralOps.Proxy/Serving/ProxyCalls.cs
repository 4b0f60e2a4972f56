using System.Text;
using System.Text.Json;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Targets;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Tools;
using CentralOps.Proxy.Upstreams;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CentralOps.Proxy.Serving;

/// <summary>What is asked of the server for a client.</summary>
internal sealed class ProxyCalls(ConfinedUpstream upstream, IIdentities identities, ToolTable table, ProxyOptions options)
{
    private static readonly ReadOnlyMemory<byte> NoArguments = "{}"u8.ToArray();

    /// <returns>The HTTP status that the answer asks for.</returns>
    public async ValueTask<int> ListAsync(ProxyRequest request, Reply reply, ServerIdentity server, CancellationToken cancellationToken)
    {
        var (message, dialect) = (request.Message, request.Dialect);
        if (!message.Cursor.IsAbsent)
        {
            // All tools are on one page, so that clients that read one page only see all.
            return reply.Refuse(message.Id, McpError.InvalidParams("'params.cursor' is not a nextCursor of this listing. List again without it."), dialect);
        }

        var read = await table.ListAsync(cancellationToken);
        if (read.Trouble is { } trouble)
        {
            return reply.Refuse(message.Id, McpError.TargetFailed(trouble.ToString()), dialect);
        }

        var json = reply.Begin(message.Id);
        json.WriteStartObject();
        json.WriteStartArray("tools"u8);
        foreach (var tool in read.Tools.Where(static tool => tool.Refusal is null))
        {
            json.WriteRawValue(tool.Json.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
        if (dialect.IsStateless)
        {
            server.WriteCacheableResult(json);
        }

        json.WriteEndObject();
        reply.End();
        return 200;
    }

    /// <returns>The HTTP status that the answer asks for.</returns>
    public async ValueTask<int> CallAsync(ProxyRequest request, Reply reply, ServerIdentity server, CancellationToken cancellationToken)
    {
        var (message, dialect) = (request.Message, request.Dialect);
        if (!message.Name.IsString || !(message.Arguments.IsAbsent || message.Arguments.IsObject))
        {
            return reply.Refuse(message.Id, McpError.InvalidParams("tools/call takes 'params.name', a string, and 'params.arguments', an object."), dialect);
        }

        // 1. A tool of the server's list, and one that is passed on.
        var name = message.Name.Text();
        var (tool, unread) = await table.FindAsync(name, cancellationToken);
        if (unread is not null)
        {
            return WriteError(reply, message, dialect, server, unread.ToString());
        }

        if (tool is null)
        {
            return reply.Refuse(message.Id, McpError.UnknownTool(message.Name), dialect);
        }

        if (tool.Refusal is { } refused)
        {
            return WriteError(reply, message, dialect, server, refused);
        }

        // 2. The account that it runs in, and the role there.
        if (AccountArgument.Split(message.Arguments.IsAbsent ? NoArguments : message.Arguments.Raw, tool.Account, out var account, out var arguments) is { } wrong)
        {
            return WriteError(reply, message, dialect, server, wrong);
        }

        var (identity, shut) = await identities.FindAsync(account, name, cancellationToken);
        if (identity is not { } own)
        {
            return WriteError(reply, message, dialect, server, shut!.ToString());
        }

        // 3. The call.
        var invocation = new ToolInvocation(name, arguments, message.Id.Raw, own.Caller)
        {
            ProtocolVersion = dialect.Version,
            Params = RequestMeta.Merge(message.Params.Raw, options.MetaJson),
            Progress = request.Client.Progress,
        };
        var (answer, trouble) = await upstream.CallAsync(own, name, invocation, tool.IsRepeatable, cancellationToken);
        return trouble is null ? WriteWhole(reply, message, answer, dialect)
            : WriteError(reply, message, dialect, server, (account is null ? trouble.OfDefaultAccount() : trouble).ToString());
    }

    /// <summary>prompts/… and resources/…, as the identity of calls without an account.</summary>
    /// <returns>The HTTP status that the answer asks for.</returns>
    public async ValueTask<int> ForwardAsync(ProxyRequest request, Reply reply, ServerIdentity server, CancellationToken cancellationToken)
    {
        var (message, dialect) = (request.Message, request.Dialect);
        var method = message.MethodName.Text();
        var (identity, shut) = await identities.FindAsync(null, method, cancellationToken);
        if (identity is not { } own)
        {
            return reply.Refuse(message.Id, McpError.TargetFailed(shut!.ToString()), dialect);
        }

        var forward = new McpForward(method, RequestMeta.Merge(message.Params.IsAbsent ? NoArguments : message.Params.Raw, options.MetaJson), own.Caller) { ProtocolVersion = dialect.Version };
        var (answer, trouble) = await upstream.ForwardAsync(own, forward, cancellationToken);
        if (trouble is not null)
        {
            return reply.Refuse(message.Id, McpError.TargetFailed(trouble.ToString()), dialect);
        }

        // What is listed was promised before anybody knew what the server has.
        return EmptyList(message.Method) is { } member && IsUnknownMethod(answer) ? WriteEmpty(reply, message, dialect, server, member) : WriteWhole(reply, message, answer, dialect);
    }

    private static string? EmptyList(McpMethod method) => method switch
    {
        McpMethod.ListPrompts => "prompts",
        McpMethod.ListResources => "resources",
        McpMethod.ListResourceTemplates => "resourceTemplates",
        _ => null,
    };

    private static bool IsUnknownMethod(TargetAnswer answer)
    {
        if (answer.Form != TargetAnswerForm.Error)
        {
            return false;
        }

        using var error = JsonDocument.Parse(answer.Json);
        return error.RootElement.TryGetProperty("code", out var code) && code.TryGetInt32(out var number) && number == (int)McpErrorCode.MethodNotFound;
    }

    private static int WriteEmpty(Reply reply, Message message, Dialect dialect, ServerIdentity server, string member)
    {
        var json = reply.Begin(message.Id);
        json.WriteStartObject();
        json.WriteStartArray(member);
        json.WriteEndArray();
        if (dialect.IsStateless)
        {
            server.WriteCacheableResult(json);
        }

        json.WriteEndObject();
        reply.End();
        return 200;
    }

    private static int WriteWhole(Reply reply, Message message, TargetAnswer answer, Dialect dialect)
    {
        if (answer.Form == TargetAnswerForm.Error)
        {
            reply.Error(message.Id, answer.Json.Span);
        }
        else
        {
            reply.Result(message.Id, answer.Json.Span);
        }

        return ForwardedError.StatusOf(answer, dialect);
    }

    /// <summary>A call that came to nothing is a result too: a protocol error would be hidden from the model by most clients.</summary>
    private static int WriteError(Reply reply, Message message, Dialect dialect, ServerIdentity server, string text)
    {
        var json = reply.Begin(message.Id);
        ToolResult.WriteContent(json, Encoding.UTF8.GetBytes(text), isError: true);
        if (dialect.IsStateless)
        {
            ServerIdentity.WriteResultType(json);
            json.WriteStartObject("_meta"u8);
            server.WriteServerMeta(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        reply.End();
        return 200;
    }
}
