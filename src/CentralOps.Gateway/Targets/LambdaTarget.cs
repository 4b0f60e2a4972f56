namespace CentralOps.Gateway.Targets;

/// <summary>
/// A Lambda function: the event is the bare arguments object, everything else goes into the client context, and all that the function
/// returns is the answer.
/// </summary>
internal sealed class LambdaTarget(LambdaFunction function, LambdaInvoker invoker) : ITarget
{
    public async ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Arguments.Length > LambdaInvoker.MaxPayloadBytes)
        {
            return LambdaFailures.TooLarge(function, "arguments are").Answer();
        }

        var requestId = RequestId.New();
        if (LambdaClientContext.Encode(function, invocation, requestId) is not { } context)
        {
            return LambdaFailures.ContextTooLarge(function).Answer();
        }

        using var deadline = new CancellationTokenSource(invoker.Timeout, invoker.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await invoker.InvokeAsync(function, new(invocation.Arguments, context, requestId), either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return LambdaFailures.TimedOut(function, invoker.Timeout).Answer();
        }
    }
}
