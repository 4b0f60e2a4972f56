using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Targets;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Tools;
using CentralOps.Proxy.Upstreams;
using CentralOps.Text.Shaping;

namespace CentralOps.Proxy.Wrapping;

/// <summary>
/// An MCP server behind one function, for every account: account tools run as the account's role, confined; the others as the function's own. Sessions and
/// credentials stay warm by account and caller. Safe for concurrent use.
/// </summary>
public sealed class McpWrapper(ConfinedUpstream upstream, WayIn way, WrapperOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>What Lambda hands back at most of one synchronous call, with room for what goes around it.</summary>
    private const int MaxAnswerBytes = (6 * 1024 * 1024) - (16 * 1024);

    private const int MaxArgumentDepth = 64;

    private readonly WrapperTools _tools = new(upstream, options, time);

    internal WrapperOptions Options => options;

    internal TimeProvider Time => time;

    /// <summary>Calls a tool; whatever went wrong is told in the result, in words that are fit for a model.</summary>
    public async ValueTask<WrappedAnswer> CallAsync(WrappedCall call, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(call.TimeAllowed, time);
        try
        {
            // Who was told that time is up does not wait for a server to hear of it, too.
            return await CallUntilAsync(call, cancellationToken).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Told(WrapperWords.OutOfTime(upstream.Address, call.TimeAllowed), call);
        }
    }

    /// <summary>The tools that a caller may see, as a list of JSON objects; or why there is no list.</summary>
    internal async ValueTask<(IReadOnlyList<WrappedTool> Tools, UpstreamTrouble? Trouble)> ListAsync(Access.Callers.Caller caller, Func<string, string> calledAs, CancellationToken cancellationToken)
    {
        var (tools, trouble) = await _tools.ListAsync(cancellationToken);
        return ([.. tools.Where(tool => way.MaySeeTool(new ToolUse(caller, calledAs(tool.Name), [])))], trouble);
    }

    public ValueTask DisposeAsync() => upstream.DisposeAsync();

    private async Task<WrappedAnswer> CallUntilAsync(WrappedCall call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(call.TimeAllowed, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        return await CallInTimeAsync(call, either.Token);
    }

    private async ValueTask<WrappedAnswer> CallInTimeAsync(WrappedCall call, CancellationToken cancellationToken)
    {
        // 1. May this caller use it at all? A forbidden tool and an unknown one answer alike, so the server is not asked first.
        if (!way.MaySeeTool(new ToolUse(call.Caller, call.CalledAs, [])))
        {
            return new(default, IsUnknownTool: true);
        }

        // 2. Which tool?
        var (tool, unread) = await _tools.FindAsync(call.Tool, cancellationToken);
        if (tool is null)
        {
            return unread is null ? new(default, IsUnknownTool: true) : Told(unread.ToString(), call);
        }

        // 3. In which account, as which role?
        if (!IsArguments(call.Arguments))
        {
            return Told(WrapperWords.BadArguments, call);
        }

        var (identity, arguments, problem) = await FindAccountAsync(call, tool, cancellationToken);
        if (problem is not null)
        {
            return Told(problem, call);
        }

        // 4. The call; its answer goes on whole.
        var invocation = new ToolInvocation(tool.Name, arguments, call.MessageId, call.Caller) { ProtocolVersion = call.ProtocolVersion };
        var (answer, trouble) = await upstream.CallAsync(identity, tool.Name, invocation, tool.IsRepeatable, cancellationToken);
        if (trouble is not null)
        {
            return Told(trouble.ToString(), call);
        }

        return answer switch
        {
            { Form: TargetAnswerForm.Error } => Told(WrapperWords.Refused(upstream.Address, ErrorText(answer.Json)), call),
            { Json.Length: > MaxAnswerBytes } => Told(WrapperWords.TooLarge(answer.Json.Length), call),
            _ => new(answer.Json, IsUnknownTool: false),
        };
    }

    private async ValueTask<(UpstreamIdentity Identity, ReadOnlyMemory<byte> Arguments, string? Problem)> FindAccountAsync(
        WrappedCall call, WrappedTool tool, CancellationToken cancellationToken)
    {
        if (tool.Account is not { } name)
        {
            return (new(options.Home, options.Role, call.Caller), call.Arguments, null);
        }

        var wrong = AccountArgument.Split(call.Arguments, name, out var account, out var rest)
            ?? (account is null ? WrapperWords.NoAccount(name, tool.Name) : null);
        if (wrong is not null)
        {
            return (default, default, wrong);
        }

        // Looked up and judged by the caller's rules before anybody knocks at its role.
        var identities = new DirectoryIdentities(way, options.Role, call.Caller, options.Home);
        var (identity, shut) = await identities.FindAsync(account, call.CalledAs, cancellationToken);
        return identity is { } found ? (found, rest, null) : (default, default, shut!.ToString());
    }

    private static bool IsArguments(ReadOnlyMemory<byte> arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments, new JsonDocumentOptions { MaxDepth = MaxArgumentDepth, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string ErrorText(ReadOnlyMemory<byte> error)
    {
        using var document = JsonDocument.Parse(error);
        return document.RootElement.TryGetProperty("message", out var message) ? ForeignText.Line(message.ToString(), 1000) : "it gave no reason";
    }

    private static WrappedAnswer Told(string text, WrappedCall call)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            ToolResult.WriteContent(json, Encoding.UTF8.GetBytes(text), isError: true);
            if (new Dialect(call.ProtocolVersion).IsStateless)
            {
                ServerIdentity.WriteResultType(json);
            }

            json.WriteEndObject();
        }

        return new(bytes.WrittenMemory, IsUnknownTool: false);
    }
}
