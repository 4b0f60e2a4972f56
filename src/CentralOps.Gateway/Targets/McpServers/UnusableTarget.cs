namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>A target whose configuration cannot be used: every call says why, and the other targets are not concerned.</summary>
internal sealed class UnusableTarget(string problem) : IMcpTarget
{
    public ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken) => new(TargetAnswer.Failed(TargetFailureKind.Service, problem));

    public ValueTask<TargetAnswer> ForwardAsync(McpForward request, CancellationToken cancellationToken) => new(TargetAnswer.Failed(TargetFailureKind.Service, problem));
}
