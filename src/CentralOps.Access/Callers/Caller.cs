namespace CentralOps.Access.Callers;

/// <summary>Who asks. Rules are judged over it and records carry it, so it holds nothing secret.</summary>
/// <param name="Principal">An IAM principal's ARN, or a fixed word where nobody is identified.</param>
/// <param name="Kind">How the principal was established.</param>
public sealed record Caller(string Principal, CallerKind Kind)
{
    /// <summary>Whoever reaches a listener that asks for no identity. The gateway admits it on loopback only.</summary>
    public static Caller Anonymous { get; } = new("anonymous", CallerKind.Anonymous);

    /// <summary>The one caller inside functions until the gateway hands on a signed caller context.</summary>
    public static Caller Local { get; } = new("local", CallerKind.Anonymous);
}

/// <summary>How a caller was established.</summary>
public enum CallerKind
{
    Anonymous,

    /// <summary>By Signature Version 4: the principal is the ARN that the access key belongs to.</summary>
    Iam,

    /// <summary>By the token that a local gateway made at its start: whoever started it.</summary>
    LocalToken,
}
