using CentralOps.Access.Callers;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Targets;

/// <summary>A target that speaks MCP itself: beside tool calls, it takes the other requests that a gateway aggregates.</summary>
public interface IMcpTarget : ITarget
{
    /// <summary>
    /// Forwards <c>prompts/get</c>, <c>resources/read</c>, and, for a target that lists live, <c>tools/list</c>, <c>prompts/list</c>,
    /// <c>resources/list</c> and <c>resources/templates/list</c>. The answer is an MCP result, an error of the server, or a failure. Tools and
    /// prompts in a list have the target's prefix; cursors are the server's own.
    /// </summary>
    ValueTask<TargetAnswer> ForwardAsync(McpForward request, CancellationToken cancellationToken);
}

/// <summary>One request that is passed on.</summary>
/// <param name="Method">MCP's name of it.</param>
/// <param name="Params">The params object as the caller sent it; the name in prompts/get still has the target's prefix.</param>
public readonly record struct McpForward(string Method, ReadOnlyMemory<byte> Params, Caller Caller)
{
    /// <summary>The client's headers, as interceptors left them.</summary>
    public IHeaderDictionary? Headers { get; init; }

    /// <summary>Of the client's request, without the question mark.</summary>
    public string QueryString { get; init; } = "";

    /// <summary>An Authorization that an interceptor gave; see <see cref="ToolInvocation.Authorization"/>.</summary>
    public string? Authorization { get; init; }

    /// <summary>The revision of MCP that the caller speaks.</summary>
    public string ProtocolVersion { get; init; } = ProtocolVersions.November2025;
}
