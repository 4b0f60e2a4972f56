using CentralOps.Ledger.Signing;

namespace CentralOps.Ledger.Writing;

/// <summary>How a writer works.</summary>
public sealed record LedgerOptions
{
    public required TimeProvider Time { get; init; }

    /// <summary>Signs heads; null: nothing is signed, and only changes within a chain show.</summary>
    public LedgerKey? Key { get; init; }

    /// <summary>How many calls may wait to be recorded; 1 to 100,000. More are refused after <see cref="MaxWait"/>.</summary>
    public int MaxWaiting { get; init; } = 4096;

    /// <summary>How long a call waits to be recorded before it is refused.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Ends that could not be written are tried again after this long.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Takes sentences about trouble, for a log.</summary>
    public Action<string> Report { get; init; } = static _ => { };
}
