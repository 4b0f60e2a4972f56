namespace CentralOps.Gateway.Targets;

/// <summary>What a target answered: a JSON value, or why there is none.</summary>
public readonly record struct TargetAnswer
{
    private TargetAnswer(ReadOnlyMemory<byte> json, TargetFailure? failure)
    {
        Json = json;
        Failure = failure;
    }

    /// <summary>UTF-8 JSON of any kind; empty where the target returned nothing.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    public TargetFailure? Failure { get; }

    public static TargetAnswer Of(ReadOnlyMemory<byte> json) => new(json, null);

    public static TargetAnswer Failed(TargetFailureKind kind, string detail) => new(default, new(kind, detail));
}

/// <summary>A call that the target did not answer.</summary>
/// <param name="Detail">What a caller of a gateway in DEBUG reads: what failed and what to do. No secrets, nothing unshaped.</param>
public sealed record TargetFailure(TargetFailureKind Kind, string Detail);

/// <summary>The ways in which a target fails.</summary>
public enum TargetFailureKind
{
    /// <summary>The function itself ended in an error.</summary>
    Function,

    /// <summary>The gateway's role may not call it, or has no credentials.</summary>
    Access,
    NotFound,

    /// <summary>All its concurrency was in use, and stayed so for as long as the gateway waits.</summary>
    Throttled,
    TimedOut,

    /// <summary>The arguments or the answer exceed what a target takes or gives.</summary>
    TooLarge,

    /// <summary>No answer came.</summary>
    Network,

    /// <summary>AWS, or the service in front of the function, failed or refused.</summary>
    Service,

    /// <summary>An answer came that cannot be passed on.</summary>
    BadAnswer,
}
