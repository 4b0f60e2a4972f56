namespace CentralOps.Access.CallerContext;

/// <summary>Why a caller context is not believed.</summary>
public enum CallerProblem
{
    None,
    Absent,
    Malformed,
    UnknownKey,
    Signature,
    Claims,
    Expired,
    FromTheFuture,
    TooLongLived,
    OtherGateway,
    OtherTool,
    OtherArguments,
    OtherMessage,
}

/// <summary>The words for each; they hold nothing of the context.</summary>
public static class CallerProblemWords
{
    /// <summary>A clause that follows "the caller context".</summary>
    public static string Of(CallerProblem problem) => problem switch
    {
        CallerProblem.None => "is good",
        CallerProblem.Absent => "is missing",
        CallerProblem.Malformed => "is not a compact JWS of the type centralops-caller+jwt signed with ES256",
        CallerProblem.UnknownKey => "is signed with a key that is not configured here",
        CallerProblem.Signature => "has a signature that does not verify",
        CallerProblem.Claims => "lacks a claim, or has one of the wrong form",
        CallerProblem.Expired => "has expired",
        CallerProblem.FromTheFuture => "says that it was made in the future",
        CallerProblem.TooLongLived => "is good for longer than 60 seconds",
        CallerProblem.OtherGateway => "was made by another gateway than the one that calls",
        CallerProblem.OtherTool => "was made for another tool",
        CallerProblem.OtherArguments => "was made for other arguments",
        _ => "was made for another message",
    };
}
