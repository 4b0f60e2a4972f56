using System.Collections.Frozen;
using CentralOps.Aws.Models;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Faults;

/// <summary>The errors that a fault makes, as the service that was called would word them.</summary>
internal static class FaultAnswers
{
    /// <summary>What a denial may be put down to.</summary>
    public static FrozenDictionary<string, PolicyLayer> Layers { get; } = new Dictionary<string, PolicyLayer>(StringComparer.Ordinal)
    {
        ["identity"] = PolicyLayer.Identity,
        ["scp"] = PolicyLayer.ServiceControl,
        ["session"] = PolicyLayer.Session,
        ["boundary"] = PolicyLayer.Boundary,
        ["resource"] = PolicyLayer.Resource,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Decision Denial(Fault fault) =>
        fault.Explicit ? Decision.ExplicitDeny(Layers[fault.Policy]) : Decision.ImplicitDeny(Layers[fault.Policy]);

    /// <summary>Observed answers: throttling has no code that all services share.</summary>
    /// <param name="service">As the AWS CLI names it.</param>
    /// <param name="protocol">The protocol of this answer; services of several protocols have a code for each.</param>
    public static ServiceError Throttled(string service, ProtocolKind protocol) => (service, protocol) switch
    {
        ("lambda", _) => new("TooManyRequestsException", "Rate exceeded", 429) { Reason = "CallerRateLimitExceeded", RetryAfterSeconds = 1 },
        ("s3", _) => new("SlowDown", "Please reduce your request rate.", 503),
        ("organizations" or "resourcegroupstaggingapi" or "sso" or "account", ProtocolKind.AwsJson11 or ProtocolKind.RestJson1) => new(
            service is "resourcegroupstaggingapi" ? "ThrottledException" : "TooManyRequestsException", "Rate exceeded", protocol is ProtocolKind.RestJson1 ? 429 : 400),
        (_, ProtocolKind.Ec2Query) => new("RequestLimitExceeded", "Request limit exceeded.", 503),
        (_, ProtocolKind.AwsQuery or ProtocolKind.RestXml) => new("Throttling", "Rate exceeded"),
        (_, ProtocolKind.RestJson1) => new("ThrottlingException", "Rate exceeded", 429),
        _ => new("ThrottlingException", "Rate exceeded"),
    };
}
