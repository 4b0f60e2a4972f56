using System.Runtime.InteropServices;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Calls;

/// <summary>How one attempt ended, and what that says about another.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Outcome(AwsFailure? Failure, string? RequestId)
{
    /// <summary>Of the answer, when there was one.</summary>
    public HeaderList? Headers { get; init; }

    public bool Again { get; init; }

    /// <summary>Where S3 says that the bucket is, when it was asked for elsewhere.</summary>
    public string? BucketRegion { get; init; }

    /// <summary>AWS asks to slow down: another attempt costs less of the quota, and waits longer.</summary>
    public bool Throttled => Failure?.Kind == FailureKind.Throttling;

    /// <summary>A limit on calls over time, that waiting helps against.</summary>
    public bool RateLimited => Failure is { Kind: FailureKind.Throttling } failure && ErrorKinds.IsRateLimit(failure.Code);

    public bool ClockCorrected { get; init; }

    /// <summary>The keys have expired; with new ones the call may go through.</summary>
    public bool KeysExpired => Failure is { Kind: FailureKind.Credentials } failure && ErrorKinds.IsExpired(failure.Code);

    public static Outcome Success(string? requestId) => new(Failure: null, requestId);

    public static Outcome Of(AwsCall call, NetworkFailure network, WireResponse? answer = null)
    {
        var requestId = answer is null ? null : Failures.RequestIdOf(answer);
        var failure = Failures.Of(call, FailureKind.Network, network.Code, network.Message) with { RequestId = requestId, Status = answer?.Status ?? 0 };
        return new Outcome(failure, requestId) { Again = network.Again };
    }
}
