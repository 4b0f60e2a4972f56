using CentralOps.Ledger.Records;

namespace CentralOps.Ledger;

/// <summary>The record of who asked what. Safe for concurrent use.</summary>
public interface ILedger
{
    /// <summary>Whether anything is recorded: where not, nothing has to be collected.</summary>
    bool IsRecording { get; }

    /// <summary>Records that a call begins. Once this has returned the record outlives the process; only then may the call have an effect.</summary>
    /// <exception cref="LedgerUnavailableException">It could not be recorded: the call must not be made.</exception>
    Task<LedgerEntry> BeginAsync(CallBegin begin, CancellationToken cancellationToken);

    /// <summary>
    /// Records how the call ended. Not cancelled with the call. Never throws for a store that fails: the end is then written as soon as it can
    /// be, and until then the call reads as interrupted.
    /// </summary>
    Task EndAsync(LedgerEntry entry, CallEnd end, CancellationToken cancellationToken);
}

/// <summary>A call that was begun.</summary>
/// <param name="Call">Its id in the ledger.</param>
public sealed record LedgerEntry(string Call)
{
    private int _ended;

    /// <summary>True once: a call has one end.</summary>
    internal bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;
}

/// <summary>A record could not be written.</summary>
public sealed class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Where nothing is recorded.</summary>
public sealed class NoLedger : ILedger
{
    private static readonly LedgerEntry Nothing = new("");

    private NoLedger()
    {
    }

    public static NoLedger Instance { get; } = new();

    public bool IsRecording => false;

    public Task<LedgerEntry> BeginAsync(CallBegin begin, CancellationToken cancellationToken) => Task.FromResult(Nothing);

    public Task EndAsync(LedgerEntry entry, CallEnd end, CancellationToken cancellationToken) => Task.CompletedTask;
}
