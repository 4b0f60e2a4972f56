using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Serving;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>
/// An MCP server as a target. Whichever era caller and server speak, arguments pass as the caller sent them and results as the server did, but
/// for the members in which the eras differ.
/// </summary>
internal sealed class McpServerTarget : IMcpTarget, IRetirable, IAsyncDisposable
{
    private const string Separator = "___";
    private const int MaxLearnt = 10_000;

    private readonly McpConnection _connection;
    private readonly string _prefix;
    private readonly Propagation _propagation;
    private readonly ResultTranslation _translation;
    private readonly FrozenDictionary<string, CalledTool> _tools;

    // The target's own query parameters and its API key's: a client does not get to say them again.
    private readonly FrozenSet<string> _fixed;

    // What a live list showed, or a server that missed a header made us look up.
    private readonly ConcurrentDictionary<string, ParameterHeaders> _learnt = new(StringComparer.Ordinal);

    public McpServerTarget(TargetConfig target, McpConnection connection)
    {
        (_prefix, _connection) = (target.Name + Separator, connection);
        _propagation = new(target.Propagation);
        _fixed = Fixed(target).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _translation = new(connection.Failures);
        _tools = target.Catalog.Tools.DistinctBy(tool => tool.Name, StringComparer.Ordinal).ToFrozenDictionary(
            tool => _prefix + tool.Name,
            tool => new CalledTool(tool.Name, Json(tool.Name), ParameterHeaders.TryRead(tool.InputSchema, out _) is { IsEmpty: false } headers ? headers : null),
            StringComparer.Ordinal);
    }

    public async ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        // 1. The call in the server's terms: its own name of the tool, and what may pass of the caller's request.
        if (invocation.Arguments.Length > Limits.MaxBodyBytes)
        {
            return Failed(_connection.Failures.TooLarge("The arguments are"));
        }

        var tool = _tools.TryGetValue(invocation.ToolName, out var listed) ? listed : Unlisted(invocation.ToolName);
        var passed = CallerParams.Read(invocation.Params);
        var request = new McpRequest(RequestMethods.ToolsCall, tool.Name)
        {
            Members = [("name", tool.Json), ("arguments", invocation.Arguments)],
            StatelessMembers = passed.Stateless,
            Meta = passed.Meta,
            ClientCapabilities = passed.Capabilities.IsAbsent ? McpRequest.NoCapabilities : passed.Capabilities.Raw,
            Authorization = invocation.Authorization,
            Progress = invocation.Progress is { } tell && !passed.ProgressToken.IsAbsent ? new(passed.ProgressToken, tell) : null,
        };
        if (Propagate(ref request, invocation.Headers, invocation.QueryString) is { } refused)
        {
            return refused;
        }

        // 2. Make it. A server that misses a parameter in the headers has not run it: its tool has changed since it was listed.
        var (reply, link) = await _connection.RequestAsync(WithParameters(request, tool, invocation.Arguments), cancellationToken);
        if (reply.ErrorCode == (int)McpErrorCode.HeaderMismatch && await RelearnAsync(tool.Name, cancellationToken))
        {
            (reply, link) = await _connection.RequestAsync(WithParameters(request, tool, invocation.Arguments), cancellationToken);
        }

        // 3. Tell it in the caller's terms.
        return Tell(reply, link, RequestMethods.ToolsCall, invocation.ProtocolVersion);
    }

    public async ValueTask<TargetAnswer> ForwardAsync(McpForward forward, CancellationToken cancellationToken)
    {
        var passed = CallerParams.Read(forward.Params);
        if (Outline(forward.Method, passed) is not { } request)
        {
            return TargetAnswer.Error("""{"code":-32602,"message":"The request lacks a parameter, or its method is not passed on."}"""u8.ToArray());
        }

        request = request with
        {
            Meta = passed.Meta,
            StatelessMembers = forward.Method is RequestMethods.PromptsGet or RequestMethods.ResourcesRead ? passed.Stateless : [],
            ClientCapabilities = passed.Capabilities.IsAbsent ? request.ClientCapabilities : passed.Capabilities.Raw,
            Authorization = forward.Authorization,
        };
        if (Propagate(ref request, forward.Headers, forward.QueryString) is { } refused)
        {
            return refused;
        }

        var (reply, link) = await _connection.RequestAsync(request, cancellationToken);
        var listed = forward.Method is RequestMethods.ToolsList or RequestMethods.PromptsList && reply is { Failure: null, Message.Kind: RpcKind.Result }
            ? LivePage.Filter(reply, forward.Method, _prefix, Learn)
            : reply;
        return Tell(listed, link, forward.Method, forward.ProtocolVersion);
    }

    // Sessions end in the background: whoever changed the configuration does not wait for a server.
    public void Retire() => _ = _connection.DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private McpRequest? Outline(string method, CallerParams passed) => method switch
    {
        RequestMethods.PromptsGet when passed.Name.IsString && Unprefixed(passed.Name.Text()) is var name => new McpRequest(method, name)
        {
            Members = passed.Arguments.IsObject ? [("name", Json(name)), ("arguments", passed.Arguments.Raw)] : [("name", Json(name))],
        },
        RequestMethods.ResourcesRead when passed.Uri.IsString => new McpRequest(method, passed.Uri.Text()) { Members = [("uri", passed.Uri.Raw)] },
        RequestMethods.ToolsList or RequestMethods.PromptsList or RequestMethods.ResourcesList or RequestMethods.ResourcesTemplatesList =>
            new McpRequest(method) { Members = passed.Cursor.IsString ? [("cursor", passed.Cursor.Raw)] : [] },
        _ => null,
    };

    private TargetAnswer Tell(McpReply reply, McpLink? link, string method, string callerVersion)
    {
        if (reply.Failure is { } failure || link is null)
        {
            return Failed(reply.Failure ?? _connection.Failures.BadAnswer("gave no answer"));
        }

        var answer = _translation.ToCaller(reply, link, method, new Dialect(callerVersion));
        return answer.Json.Length > Limits.MaxBodyBytes
            ? Failed(_connection.Failures.TooLarge("The answer is"))
            : answer with { Headers = _propagation.ResponseHeaders(reply.Headers) };
    }

    private TargetAnswer? Propagate(ref McpRequest request, IHeaderDictionary? headers, string query)
    {
        if (_propagation.IsNone)
        {
            return null;
        }

        var (passed, wrongHeader) = _propagation.RequestHeaders(headers);
        var (parameters, wrongParameter) = _propagation.QueryParameters(query);
        if (wrongHeader is not null || wrongParameter is not null)
        {
            return TargetAnswer.Failed(TargetFailureKind.BadRequest, wrongHeader ?? wrongParameter!);
        }

        request = request with
        {
            Headers = passed,
            Query = string.Join('&', parameters.Where(parameter => !_fixed.Contains(Uri.UnescapeDataString(parameter.Key))).Select(parameter => $"{parameter.Key}={parameter.Value}")),
        };
        return null;
    }

    private McpRequest WithParameters(McpRequest request, CalledTool tool, ReadOnlyMemory<byte> arguments) =>
        _learnt.TryGetValue(tool.Name, out var headers) || (headers = tool.Headers) is not null
            ? request with { Headers = [.. request.Headers, .. headers.For(arguments)] }
            : request;

    private async ValueTask<bool> RelearnAsync(string tool, CancellationToken cancellationToken)
    {
        var (items, _) = await new McpListing(_connection).ReadAsync(RequestMethods.ToolsList, "tools", cancellationToken);
        foreach (var item in items ?? [])
        {
            Learn(item);
        }

        return items is not null && _learnt.ContainsKey(tool);
    }

    private void Learn(JsonElement tool)
    {
        if (_learnt.Count < MaxLearnt && tool.TryGetProperty("name", out var name) && tool.TryGetProperty("inputSchema", out var schema)
            && ParameterHeaders.TryRead(schema, out _) is { } headers)
        {
            _learnt[name.GetString()!] = headers;
        }
    }

    private static IEnumerable<string> Fixed(TargetConfig target)
    {
        var query = target.Endpoint is TargetEndpoint.McpServer server && server.Url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? server.Url[(mark + 1)..] : "";
        var named = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => Uri.UnescapeDataString(pair.Split('=')[0]));
        return target.Credential is OutboundCredential.ApiKey { Location: ApiKeyLocation.QueryParameter, ParameterName: { } key } ? named.Append(key) : named;
    }

    private CalledTool Unlisted(string qualified)
    {
        var name = Unprefixed(qualified);
        return new(name, Json(name), Headers: null);
    }

    // Clients may be shown prompts without the prefix.
    private string Unprefixed(string name) => name.StartsWith(_prefix, StringComparison.Ordinal) ? name[_prefix.Length..] : name;

    private static ReadOnlyMemory<byte> Json(string text) => (byte[])[.. "\""u8, .. JsonEncodedText.Encode(text).EncodedUtf8Bytes, .. "\""u8];

    private static TargetAnswer Failed(TargetFailure failure) => TargetAnswer.Failed(failure);

    /// <summary>What is the same in every call of a tool.</summary>
    /// <param name="Name">The server's own.</param>
    /// <param name="Json">The name, as it is sent.</param>
    /// <param name="Headers">The arguments that its server wants in headers too; null where there are none.</param>
    private sealed record CalledTool(string Name, ReadOnlyMemory<byte> Json, ParameterHeaders? Headers);
}
