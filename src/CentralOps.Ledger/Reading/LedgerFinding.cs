namespace CentralOps.Ledger.Reading;

/// <summary>Something that is wrong with a ledger: the first thing in its writer's chain.</summary>
/// <param name="Line">Counted from 1; 0 where it is about no line.</param>
/// <param name="Seq">The record's number; null where it is about none.</param>
public sealed record LedgerFinding(LedgerFindingKind Kind, string Writer, string File, long Line, long? Seq, string Problem);

public enum LedgerFindingKind
{
    /// <summary>A record is not what was written there.</summary>
    Changed,

    /// <summary>Records, or whole files, are gone.</summary>
    Removed,

    /// <summary>Records stand in another order.</summary>
    Reordered,

    /// <summary>The end is gone.</summary>
    CutOff,

    /// <summary>Records behind the last signed head: nobody vouches for them. A process that was killed between writing and signing leaves such.</summary>
    Unsigned,

    /// <summary>A head is damaged, or signed by another key.</summary>
    BadHead,

    /// <summary>A call ends twice, or without having begun.</summary>
    Inconsistent,
}

/// <summary>What a verification found.</summary>
public sealed record LedgerReport
{
    public required IReadOnlyList<LedgerFinding> Findings { get; init; }

    public int Writers { get; init; }

    public long Records { get; init; }

    public long Calls { get; init; }

    /// <summary>Calls with a beginning and no end, though their writer has ended.</summary>
    public long Interrupted { get; init; }

    public bool IsSound => Findings.Count == 0;
}
