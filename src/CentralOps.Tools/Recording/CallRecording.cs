using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Ledger;
using CentralOps.Ledger.Records;
using CentralOps.Tools.Arguments;

namespace CentralOps.Tools.Recording;

/// <summary>A call's record: begun before its first effect, ended whatever happens.</summary>
internal sealed class CallRecording
{
    private readonly ToolServices _services;
    private readonly OperationCollector _operations;
    private readonly LedgerEntry _entry;
    private readonly long _startedAt;

    private CallRecording(ToolServices services, OperationCollector operations, LedgerEntry entry) =>
        (_services, _operations, _entry, _startedAt) = (services, operations, entry, services.Time.GetTimestamp());

    /// <summary>Hears of the call's operations.</summary>
    public IOperationLog Log => _operations;

    public static async Task<RecordingBegun> BeginAsync(ToolUse use, ToolCall call, ArgumentValues arguments, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await call.Services.Ledger.BeginAsync(
                new CallBegin
                {
                    Caller = new LedgerCaller(use.Caller.Principal, LedgerCallerKind.Of(use.Caller), use.Caller.Issuer, use.Caller.ClientId, SessionIdentity.Of(use.Caller)),
                    Tool = use.Tool,
                    CalledAs = use.CalledAs,
                    RequestId = call.RequestId,
                    TraceId = call.TraceId,
                    Arguments = arguments.ForLedger(),
                },
                cancellationToken);
            return new RecordingBegun(new CallRecording(call.Services, new OperationCollector(), entry), null);
        }
        catch (LedgerUnavailableException unavailable)
        {
            return new RecordingBegun(null, new Refusal.LedgerUnavailable(unavailable.Message));
        }
    }

    /// <param name="cancellationToken">Not the call's own: a call that is given up ends too.</param>
    public Task EndAsync(Refusal? refusal, Exception? fault, long answerBytes, CancellationToken cancellationToken)
    {
        var words = refusal is null ? null : RefusalWords.Of(refusal);
        var end = new CallEnd
        {
            Outcome = fault switch
            {
                OperationCanceledException => CallOutcomeKind.Cancelled,
                not null => CallOutcomeKind.Failed,
                _ when words is not null => CallOutcomeKind.Refused,
                _ => _operations.HasRefusals ? CallOutcomeKind.Partial : CallOutcomeKind.Answered,
            },
            Stage = words?.StageName,
            Code = words?.Code ?? fault?.GetType().Name,
            Accounts = _operations.Gathered(),
            AnswerBytes = fault is null ? answerBytes : 0,
            Duration = _services.Time.GetElapsedTime(_startedAt),
        };

        return _services.Ledger.EndAsync(_entry, end, cancellationToken);
    }
}

/// <summary>A recording, or why the call must not be made.</summary>
internal readonly record struct RecordingBegun(CallRecording? Recording, Refusal? Refusal);
