using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Interceptors;

/// <summary>An interceptor that is a Lambda function, invoked as the gateway's role.</summary>
internal sealed class LambdaInterceptor(InterceptorConfig config, LambdaFunction function, LambdaInvoker invoker)
{
    /// <returns>What it returned; null with the reason where nothing can be made of it.</returns>
    public async ValueTask<(InterceptorOutput? Output, string? Problem)> AskAsync(InterceptorInput input, CancellationToken cancellationToken)
    {
        var payload = input.Write(config);
        if (payload.Length > LambdaInvoker.MaxPayloadBytes)
        {
            return (null, $"What Lambda function {function.Arn} would be given is larger than 6 MB. Exclude the response's body (payloadFilter), or send less at once.");
        }

        using var deadline = new CancellationTokenSource(invoker.Timeout, invoker.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var answer = await invoker.InvokeAsync(function, new LambdaInvocation(payload, null, RequestId.New()), either.Token);
            if (answer.Failure is { } failure)
            {
                return (null, failure.Detail);
            }

            var output = InterceptorOutput.Read(answer.Json, input.Answer is null, config.ExcludeResponseBody, out var problem);
            return output is null ? (null, $"{InterceptorChain.InvalidAnswer}: {problem}") : (output, null);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (null, LambdaFailures.TimedOut(function, invoker.Timeout).Detail);
        }
    }
}
