using CentralOps.Aws.Credentials;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Signing;

/// <summary>Signature Version 4. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</summary>
public static class SignatureV4
{
    /// <summary>Signs in headers. The request must carry its <c>Host</c> header; <c>X-Amz-Date</c>, the session token and <c>Authorization</c> are set here.</summary>
    public static void Sign(WireRequest request, AwsCredentials credentials, SigningScope scope, DateTimeOffset now) =>
        throw new NotSupportedException("Not built yet.");

    /// <summary>Verifies a request signed in headers or presigned in the query.</summary>
    public static SignatureVerdict Verify(WireRequest request, IAccessKeys keys, DateTimeOffset now, SignatureRules rules) =>
        throw new NotSupportedException("Not built yet.");
}

/// <summary>Region and service of a credential scope.</summary>
public sealed record SigningScope(string Region, string Service)
{
    /// <summary>S3 encodes a path once and leaves dots alone; everybody else encodes twice and normalises.</summary>
    public bool DoubleEncodePath { get; init; } = true;

    public bool NormalizePath { get; init; } = true;
}

/// <summary>What a verifier demands.</summary>
public sealed record SignatureRules
{
    /// <summary>Services that may stand in the scope; null admits any (a sandbox routes by it).</summary>
    public IReadOnlyList<string>? Services { get; init; }

    public string? Region { get; init; }

    /// <summary>How far the request's date may be off.</summary>
    public TimeSpan MaxSkew { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>Why a signature was not accepted, in AWS's terms.</summary>
public enum SignatureProblem
{
    None,
    Missing,
    Incomplete,
    UnknownKey,
    WrongScope,
    Skewed,
    Expired,
    TokenMismatch,
    Mismatch,
}

/// <summary>The outcome of a verification. Code and message are what AWS would answer; they hold no secret.</summary>
public sealed record SignatureVerdict(SignatureProblem Problem, string Code, string Message, AccessKey? Key, string Region, string Service)
{
    public bool Accepted => Problem == SignatureProblem.None;
}
