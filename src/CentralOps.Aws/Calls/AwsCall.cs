using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;

namespace CentralOps.Aws.Calls;

/// <summary>One call of one operation.</summary>
public sealed record AwsCall(OperationModel Operation, AwsInput Input, string Region, AwsCredentials Credentials)
{
    /// <summary>Our request id; it goes into the User-Agent as <c>md/request#…</c>, so that CloudTrail has it.</summary>
    public string? RequestId { get; init; }
}

/// <summary>How a call ended. The answer itself went into the transcription.</summary>
public readonly record struct AwsAnswer(AwsFailure? Failure, string? RequestId, int Attempts)
{
    public bool Succeeded => Failure is null;
}
