using CentralOps.Ledger.Signing;

namespace CentralOps.Ledger.Stores;

/// <summary>Where a writer's records go. One writer calls it, one call at a time.</summary>
internal interface ILedgerStore : IAsyncDisposable
{
    /// <summary>Whether what failed can be taken back, so that the chain goes on as if it had not been tried. Otherwise a new chain begins.</summary>
    bool TakesBack { get; }

    /// <summary>Whether ends of calls have to be there before the answer: where the process may be stopped right after it.</summary>
    bool KeepsAnswersWaiting { get; }

    /// <summary>Whether the next records belong into a new part.</summary>
    bool WantsNewPart(DateTimeOffset now);

    /// <summary>Stores all of a batch so that it outlives the process, or throws.</summary>
    ValueTask AppendAsync(Batch batch, CancellationToken cancellationToken);
}

/// <summary>Records that are stored together.</summary>
/// <param name="Part">The writer's part that they belong to; the first record of a part opens it.</param>
/// <param name="Lines">Whole lines.</param>
/// <param name="Head">How far the chain reaches with them; null where nothing is signed.</param>
internal sealed record Batch(string Writer, int Part, bool OpensPart, DateTimeOffset At, ReadOnlyMemory<byte> Lines, Head? Head);
