namespace CentralOps.Ledger.Records;

/// <summary>What is known when a call begins.</summary>
public sealed record CallBegin
{
    public required LedgerCaller Caller { get; init; }

    /// <summary>The tool's own name.</summary>
    public required string Tool { get; init; }

    /// <summary>The name it was called by, with its target's in front; null where that is not known.</summary>
    public string? CalledAs { get; init; }

    /// <summary>The id under which the call runs, which goes into the User-Agent of its calls to AWS.</summary>
    public string? RequestId { get; init; }

    public string? TraceId { get; init; }

    public IReadOnlyList<LedgerArgument> Arguments { get; init; } = [];
}

/// <summary>Who asks, and under which name CloudTrail shows it.</summary>
/// <param name="SessionName">The session name and source identity of the caller's sessions.</param>
public sealed record LedgerCaller(string Principal, string Kind, string? Issuer, string? ClientId, string SessionName);

/// <summary>One argument of a call: told as it is where nothing secret can be in it, else as a keyed digest, by which equal ones can be recognised.</summary>
/// <param name="Json">The value as UTF-8 JSON.</param>
/// <param name="IsPlain">An account selector or a region.</param>
public readonly record struct LedgerArgument(string Name, ReadOnlyMemory<byte> Json, bool IsPlain);
