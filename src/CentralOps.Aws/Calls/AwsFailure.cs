namespace CentralOps.Aws.Calls;

/// <summary>What kind of thing went wrong; decides retry, stage and remedy.</summary>
public enum FailureKind
{
    Throttling,
    Access,
    Credentials,
    Validation,
    NotFound,
    Network,
    Server,
}

/// <summary>A call that AWS, or the way to it, did not answer as asked.</summary>
/// <param name="Status">HTTP status; 0 when no answer came.</param>
public sealed record AwsFailure(
    string Service, string Operation, FailureKind Kind, string Code, string Message, string? RequestId, int Status);
