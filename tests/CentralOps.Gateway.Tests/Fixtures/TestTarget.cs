using System.Collections.Concurrent;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>A target in process: an echo unless a test says what it does.</summary>
internal sealed class TestTarget(Func<ToolInvocation, CancellationToken, ValueTask<TargetAnswer>>? answer = null) : ITarget
{
    public ConcurrentQueue<string> Called { get; } = [];

    public ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        Called.Enqueue(invocation.ToolName);
        return answer is null ? new(TargetAnswer.Of(invocation.Arguments)) : answer(invocation, cancellationToken);
    }
}
