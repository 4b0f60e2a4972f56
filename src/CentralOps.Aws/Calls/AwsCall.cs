using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;

namespace CentralOps.Aws.Calls;

/// <summary>One call of one operation.</summary>
public sealed record AwsCall(OperationModel Operation, AwsInput Input, string Region, AwsCredentials Credentials)
{
    /// <summary>Our request id; it goes into the User-Agent as <c>md/request#…</c>, so that CloudTrail has it.</summary>
    public string? RequestId { get; init; }

    /// <summary>Where new keys come from when AWS says that these have expired: asked once, beside the attempts. Null: the failure stands.</summary>
    public ICredentialSource? Renewal { get; init; }

    /// <summary>Asked before each attempt. Where it is, it alone waits out throttles, and they do not count as attempts. Null: nobody is asked.</summary>
    public ICallGate? Gate { get; init; }

    /// <summary>Hears AWS's request id of every attempt that was answered, also where the call is given up later. One at a time; it must not throw. Null: nobody listens.</summary>
    public Action<string>? Answered { get; init; }

    /// <summary>Attempts in all, 1 to 10; null: the client's own number. 1 for what must not happen twice, such as an Invoke.</summary>
    public int? MaxAttempts { get; init => field = value is { } attempts ? AwsClientOptions.CheckAttempts(attempts) : null; }

    /// <summary>Time for one attempt, body included; null: the client's own.</summary>
    public TimeSpan? AttemptTimeout { get; init => field = value is { } timeout ? AwsClientOptions.CheckTimeout(timeout) : null; }
}

/// <summary>How a call ended. The answer itself went into the transcription.</summary>
/// <param name="Attempts">Requests that were sent; 0 when none was.</param>
public readonly record struct AwsAnswer(AwsFailure? Failure, string? RequestId, int Attempts)
{
    public bool Succeeded => Failure is null;
}
