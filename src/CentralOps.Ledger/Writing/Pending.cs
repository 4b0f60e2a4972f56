using CentralOps.Ledger.Records;

namespace CentralOps.Ledger.Writing;

/// <summary>A beginning that waits to be recorded. Whoever waits may go away at any moment, the writer may take it at any moment: one of them is first.</summary>
internal sealed class Pending(string call, CallBegin begin, DateTimeOffset at)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Left = 2;
    private const int Done = 3;

    private readonly TaskCompletionSource<LedgerEntry> _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;

    public string Call => call;

    public CallBegin Begin => begin;

    public DateTimeOffset At => at;

    public Task<LedgerEntry> Recorded => _recorded.Task;

    /// <summary>False where nobody waits any more: then it is not recorded at all.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Whoever waited goes away.</summary>
    /// <returns>False where it has been recorded before: then the call has begun, and has to be ended.</returns>
    public bool TryLeave()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state is Done)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _state, Left, state) == state)
            {
                return true;
            }
        }
    }

    /// <returns>False where nobody waits any more: then the writer itself has to record the end.</returns>
    public bool TryComplete()
    {
        if (Interlocked.CompareExchange(ref _state, Done, Taken) != Taken)
        {
            return false;
        }

        _recorded.SetResult(new LedgerEntry(call));
        return true;
    }

    public void Fail(LedgerUnavailableException why)
    {
        if (Interlocked.CompareExchange(ref _state, Done, Taken) == Taken)
        {
            _recorded.SetException(why);
        }
    }
}

/// <summary>An end that waits to be recorded.</summary>
internal sealed record PendingEnd(string Call, CallEnd End, DateTimeOffset At)
{
    public TaskCompletionSource Recorded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
