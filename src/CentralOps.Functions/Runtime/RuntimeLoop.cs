using CentralOps.Functions.Composition;
using CentralOps.Functions.Dispatch;

namespace CentralOps.Functions.Runtime;

/// <summary>One call after the other, until the runtime API is gone.</summary>
internal sealed class RuntimeLoop(RuntimeApi api, IDispatch dispatch)
{
    /// <param name="first">The first poll, which is under way.</param>
    public async Task<int> RunAsync(Task<Invocation?> first, CancellationToken cancellationToken)
    {
        try
        {
            for (var next = await first; next is { } invocation; next = await api.NextAsync(cancellationToken))
            {
                await AnswerAsync(invocation, cancellationToken);
            }

            return 0;
        }
        catch (RuntimeApiException broken)
        {
            await Console.Error.WriteLineAsync(broken.Message);
            return 1;
        }
    }

    private async Task AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ProcessEnvironment.SetTrace(invocation.TraceId);
        DispatchResult result;
        try
        {
            result = await dispatch.RunAsync(invocation, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The log has it all; the invoker, who may be a model, has our words.
            await Console.Error.WriteLineAsync($"Request {invocation.RequestId} failed. {fault}");
            result = new(default, new RuntimeError("Fault", $"The function failed on request {invocation.RequestId}; its log tells why."));
        }

        await (result.Error is { } error
            ? api.ReportErrorAsync(invocation.RequestId, error, cancellationToken)
            : api.RespondAsync(invocation.RequestId, result.Answer, cancellationToken));
    }
}
