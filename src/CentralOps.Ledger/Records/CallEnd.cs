namespace CentralOps.Ledger.Records;

/// <summary>How a call ended. No results: what AWS answered is in no record.</summary>
public sealed record CallEnd
{
    public required CallOutcomeKind Outcome { get; init; }

    /// <summary>Of a refused call: where, as answers spell it.</summary>
    public string? Stage { get; init; }

    /// <summary>Of a refused call; of a failed one the exception's type.</summary>
    public string? Code { get; init; }

    public IReadOnlyList<AccountUse> Accounts { get; init; } = [];

    public long AnswerBytes { get; init; }

    public TimeSpan Duration { get; init; }
}

public enum CallOutcomeKind
{
    Answered,

    /// <summary>Answered, and a part of the answer is missing.</summary>
    Partial,

    /// <summary>Expected: the answer says why.</summary>
    Refused,

    /// <summary>A fault.</summary>
    Failed,

    Cancelled,
}

/// <summary>What a call did in one account and region.</summary>
/// <param name="SessionRequestIds">AWS's ids of the AssumeRole calls that made the sessions used, or were refused.</param>
public sealed record AccountUse(string AccountId, string Region, IReadOnlyList<string> SessionRequestIds, IReadOnlyList<OperationUse> Operations)
{
    /// <summary>Where the way in, or a call, was refused; null where nothing was.</summary>
    public string? Stage { get; init; }

    public string? Code { get; init; }
}

/// <summary>Calls of one operation.</summary>
/// <param name="Operation">As <c>ec2:DescribeInstances</c>.</param>
/// <param name="RequestIds">AWS's ids of every attempt that it answered, which CloudTrail has too.</param>
public sealed record OperationUse(string Operation, int Calls, int Attempts, IReadOnlyList<string> RequestIds);
