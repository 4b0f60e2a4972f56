namespace CentralOps.Aws.Signing;

/// <summary>Why a signature was not accepted, in AWS's terms.</summary>
public enum SignatureProblem
{
    None,

    /// <summary>The request carries no signature.</summary>
    Missing,

    /// <summary>It carries one that cannot be read, or that leaves out what has to be signed.</summary>
    Incomplete,

    UnknownKey,

    /// <summary>Signed for another region, service or day.</summary>
    WrongScope,

    /// <summary>Signed too long ago, or in the future.</summary>
    Skewed,

    /// <summary>The key itself has expired.</summary>
    Expired,

    /// <summary>The session token is missing, superfluous or another key's.</summary>
    TokenMismatch,

    /// <summary>The request is not the one that was signed, or it was signed with another secret.</summary>
    Mismatch,
}

/// <summary>
/// The outcome of a verification. Code and message are what AWS's query services would answer (<see cref="SignatureErrors"/> has
/// every service's own); they hold no secret.
/// </summary>
/// <param name="Key">The key that signed; null unless accepted.</param>
/// <param name="Region">As it stands in the scope; empty when that could not be read.</param>
/// <param name="Service">As it stands in the scope; empty when that could not be read.</param>
public sealed record SignatureVerdict(SignatureProblem Problem, string Code, string Message, AccessKey? Key, string Region, string Service)
{
    public bool Accepted => Problem == SignatureProblem.None;

    internal static SignatureVerdict Refuse(SignatureProblem problem, string message, PresentedSignature? presented = null) =>
        new(problem, CodeOf(problem), message, Key: null, presented?.Region ?? "", presented?.Service ?? "");

    private static string CodeOf(SignatureProblem problem) => problem switch
    {
        SignatureProblem.None => "",
        SignatureProblem.Missing => "MissingAuthenticationToken",
        SignatureProblem.Incomplete => "IncompleteSignature",
        SignatureProblem.UnknownKey or SignatureProblem.TokenMismatch => "InvalidClientTokenId",
        SignatureProblem.Expired => "ExpiredToken",
        _ => "SignatureDoesNotMatch",
    };
}
