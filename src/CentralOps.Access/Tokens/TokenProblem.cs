namespace CentralOps.Access.Tokens;

/// <summary>Why a token is not taken.</summary>
public enum TokenProblem
{
    None,
    TooLong,
    Malformed,
    Encrypted,
    Header,
    Algorithm,
    Type,
    Critical,
    UnknownKey,
    KeyMismatch,
    Signature,
    Claims,
    Issuer,
    Expiry,
    Expired,
    NotYetValid,
    IssuedLater,
    Subject,
}

/// <summary>The words for each; they hold nothing of the token.</summary>
public static class TokenWords
{
    /// <summary>A clause that follows "the token", such as <c>has expired</c>.</summary>
    public static string Of(TokenProblem problem) => problem switch
    {
        TokenProblem.None => "is good",
        TokenProblem.TooLong => "is longer than 16,384 characters",
        TokenProblem.Malformed => "is not a signed JWT of three base64url parts",
        TokenProblem.Encrypted => "is encrypted; send a signed one",
        TokenProblem.Header => "has a header that is not one JSON object with each member once",
        TokenProblem.Algorithm => "is not signed with an algorithm that is taken (RS, PS or ES with 256, 384 or 512)",
        TokenProblem.Type => "is of another type than an access token or JWT",
        TokenProblem.Critical => "demands extensions (crit) that are not known here",
        TokenProblem.UnknownKey => "is signed with a key that its provider does not publish",
        TokenProblem.KeyMismatch => "names a key that does not go with its algorithm",
        TokenProblem.Signature => "has a signature that does not verify",
        TokenProblem.Claims => "has claims that are not one JSON object with each member once",
        TokenProblem.Issuer => "is of another issuer",
        TokenProblem.Expiry => "has no usable exp claim",
        TokenProblem.Expired => "has expired",
        TokenProblem.NotYetValid => "is not valid yet (nbf)",
        TokenProblem.IssuedLater => "says that it was issued in the future (iat)",
        _ => "has no sub claim of 1 to 255 printable ASCII characters",
    };
}
