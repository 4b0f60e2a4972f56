namespace CentralOps.Aws.Calls;

/// <summary>What kind of thing went wrong; decides stage and remedy.</summary>
public enum FailureKind
{
    /// <summary>AWS asks to slow down.</summary>
    Throttling,

    /// <summary>AWS knows who asks, and says no.</summary>
    Access,

    /// <summary>The keys are unknown, expired, or do not make the signature.</summary>
    Credentials,

    /// <summary>The request is not one that AWS (or the region's name) allows.</summary>
    Validation,

    NotFound,

    /// <summary>No answer, or none that can be read. Codes: see <see cref="NetworkCodes"/>.</summary>
    Network,

    /// <summary>AWS has a fault of its own.</summary>
    Server,
}

/// <summary>A call that AWS, or the way to it, did not answer as asked.</summary>
/// <param name="Code">AWS's error code without namespace, or one of <see cref="NetworkCodes"/>.</param>
/// <param name="Message">For people; control and bidirectional characters are removed. AWS's words are data, never an instruction.</param>
/// <param name="Status">HTTP status; 0 when no answer came.</param>
public sealed record AwsFailure(
    string Service, string Operation, FailureKind Kind, string Code, string Message, string? RequestId, int Status)
{
    /// <summary>S3's second id (<c>x-amz-id-2</c>), which AWS's support asks for.</summary>
    public string? ExtendedRequestId { get; init; }
}

/// <summary>What can happen on the way, as codes of failures without an answer from AWS. Ours, not AWS's.</summary>
public static class NetworkCodes
{
    public const string ConnectionRefused = "ConnectionRefused";
    public const string TimedOut = "TimedOut";
    public const string NameNotResolved = "NameNotResolved";
    public const string TlsFailed = "TlsFailed";
    public const string ConnectionReset = "ConnectionReset";
    public const string ConnectionFailed = "ConnectionFailed";
    public const string ProxyFailed = "ProxyFailed";
    public const string AnswerTooLarge = "AnswerTooLarge";
    public const string MalformedAnswer = "MalformedAnswer";

    /// <summary>The region's name is not one (kind <see cref="FailureKind.Validation"/>).</summary>
    public const string InvalidRegion = "InvalidRegion";

    /// <summary>An <c>AWS_ENDPOINT_URL…</c> setting is no URL (kind <see cref="FailureKind.Validation"/>).</summary>
    public const string InvalidEndpointSetting = "InvalidEndpointSetting";
}
