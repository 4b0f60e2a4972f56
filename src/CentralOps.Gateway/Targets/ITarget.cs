namespace CentralOps.Gateway.Targets;

/// <summary>Where a tool call goes. Safe for concurrent use.</summary>
public interface ITarget
{
    /// <summary>
    /// Makes the call. What can be expected to go wrong is in the answer; an exception is a fault, which the caller sees masked.
    /// The invocation's memory is valid until the returned task has ended.
    /// </summary>
    ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken);
}
