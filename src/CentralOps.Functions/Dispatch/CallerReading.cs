using CentralOps.Access.CallerContext;
using CentralOps.Access.Callers;
using CentralOps.Functions.Runtime;

namespace CentralOps.Functions.Dispatch;

/// <summary>
/// Who calls. Without keys a function cannot know, and has the one caller it always had. With keys it believes a signed caller context and nothing else:
/// whoever comes without one is unidentified, and rules that need an identity refuse him.
/// </summary>
internal sealed class CallerReading(CallerVerifier? verifier, TextWriter log)
{
    public async ValueTask<Caller> ReadAsync(GatewayContext context, Invocation invocation, CancellationToken cancellationToken)
    {
        if (verifier is null)
        {
            return Caller.Local;
        }

        var call = new CallAtHand(context.GatewayId ?? "", context.WholeToolName, context.MessageId ?? "", invocation.Payload);
        var verdict = verifier.Verify(context.Caller, call);
        if (verdict.Caller is { } caller)
        {
            return caller;
        }

        await log.WriteLineAsync($"Request {invocation.RequestId}: the caller context {CallerProblemWords.Of(verdict.Problem)}; the caller is unidentified.".AsMemory(), cancellationToken);
        return Caller.Unidentified;
    }
}
