using System.Collections.Concurrent;
using System.Text;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>An MCP server as a target: answers each method with what a test gives it.</summary>
internal sealed class TestMcpTarget(Func<McpForward, string?> answer) : IMcpTarget, IRetirable
{
    public ConcurrentQueue<(string Method, string Params)> Forwarded { get; } = [];

    public ConcurrentQueue<string> Called { get; } = [];

    public bool Retired { get; private set; }

    /// <summary>What tools/call is answered with.</summary>
    public TargetAnswer Result { get; init; } = TargetAnswer.Result("""{"content":[],"isError":false,"structuredContent":{"x":1},"later":true}"""u8.ToArray());

    public ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        Called.Enqueue(invocation.ToolName);
        return new(Result);
    }

    public ValueTask<TargetAnswer> ForwardAsync(McpForward request, CancellationToken cancellationToken)
    {
        Forwarded.Enqueue((request.Method, Encoding.UTF8.GetString(request.Params.Span)));
        return new(answer(request) is { } json
            ? TargetAnswer.Result(Encoding.UTF8.GetBytes(json))
            : TargetAnswer.Failed(TargetFailureKind.Network, "The server did not answer. Start it."));
    }

    public void Retire() => Retired = true;
}
