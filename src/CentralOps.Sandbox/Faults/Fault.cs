using System.Text.Json.Serialization;

namespace CentralOps.Sandbox.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The service's own throttling error above a rate.</summary>
    [JsonStringEnumMemberName("throttle")]
    Throttle,

    /// <summary>The service's own refusal by a policy.</summary>
    [JsonStringEnumMemberName("deny")]
    Deny,

    /// <summary>The answer comes late.</summary>
    [JsonStringEnumMemberName("latency")]
    Latency,

    /// <summary>The connection is closed before anything was answered.</summary>
    [JsonStringEnumMemberName("drop")]
    Drop,

    /// <summary>The connection is closed in the middle of the body.</summary>
    [JsonStringEnumMemberName("drop-after-head")]
    DropAfterHead,

    /// <summary>A body that its format does not allow.</summary>
    [JsonStringEnumMemberName("malformed")]
    Malformed,

    /// <summary>A body that ends too early, on a connection that says it is whole.</summary>
    [JsonStringEnumMemberName("truncated")]
    Truncated,

    /// <summary>The service's own code for credentials that have expired.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,

    /// <summary>Sessions that are assumed live no longer than this.</summary>
    [JsonStringEnumMemberName("session-lifetime")]
    SessionLifetime,

    /// <summary>The sandbox's clock goes wrong.</summary>
    [JsonStringEnumMemberName("clock-skew")]
    ClockSkew,
}

/// <summary>
/// A fault and where it strikes. Account (of the caller; of the role for session lifetimes), region, service and operation are names
/// or <c>*</c>.
/// </summary>
/// <param name="Service">As the AWS CLI names it: <c>cloudwatch</c>.</param>
/// <param name="Rate">Throttling: calls a second that pass, for each account, region and operation; 0 lets none pass.</param>
/// <param name="Burst">Throttling: calls that pass at once.</param>
/// <param name="LatencyMs">Latency: 1 to 600,000.</param>
/// <param name="LatencyUpToMs">Latency: with it, somewhere between the two, the same at every run.</param>
/// <param name="Policy">Denial: the policy that is said to deny: <c>identity</c>, <c>scp</c>, <c>session</c>, <c>boundary</c> or <c>resource</c>.</param>
/// <param name="Explicit">Denial: an explicit deny, not a missing allow.</param>
/// <param name="Seconds">Session lifetime: 1 to 43,200. Clock skew: -86,400 to 86,400, positive when the sandbox's clock is ahead.</param>
/// <param name="Times">Gone after it struck so often; null for ever.</param>
/// <param name="ForSeconds">Gone after this time; null for ever.</param>
public sealed record Fault(
    FaultKind Kind,
    string Account = "*",
    string Region = "*",
    string Service = "*",
    string Operation = "*",
    double Rate = 0,
    int Burst = 1,
    int LatencyMs = 0,
    int? LatencyUpToMs = null,
    string Policy = "identity",
    bool Explicit = false,
    int Seconds = 0,
    int? Times = null,
    int? ForSeconds = null);

/// <summary>A fault that stands.</summary>
/// <param name="Id">Such as <c>f-1</c>.</param>
/// <param name="Hits">How often it struck.</param>
/// <param name="Until">When it goes by itself.</param>
public sealed record StandingFault(string Id, Fault Fault, int Hits, DateTimeOffset? Until);
