using System.Diagnostics.CodeAnalysis;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Faults;

/// <summary>What a fault may say.</summary>
/// <param name="operations">The operations that are served, by service.</param>
internal sealed class FaultRules(Estate estate, IReadOnlyDictionary<string, IReadOnlySet<string>> operations)
{
    private const int Any = 86_400;

    public string AccountIdOf(string text) => estate.AccountIdOf(text);

    /// <summary>The first thing that does not fit, with the field and the repair.</summary>
    public bool TryFindProblem(Fault fault, [NotNullWhen(true)] out string? problem)
    {
        problem = Scope(fault) ?? Values(fault) ?? Bounds(fault);
        return problem is not null;
    }

    private string? Scope(Fault fault)
    {
        if (fault.Kind == FaultKind.ClockSkew && fault is not { Account: "*", Region: "*", Service: "*", Operation: "*" })
        {
            return "account, region, service, operation: the sandbox has one clock, so clock-skew strikes everywhere; leave them out.";
        }

        if (fault.Kind == FaultKind.SessionLifetime && fault is not { Region: "*", Service: "*" or "sts", Operation: "*" or "AssumeRole" })
        {
            return "region, service, operation: session-lifetime is about sts:AssumeRole; give an account, or nothing.";
        }

        if (fault.Account is not "*" && !estate.TryFindAccount(fault.Account, out _))
        {
            return $"account: '{fault.Account}' is not an account of this sandbox; give the id or the name of one, or *.";
        }

        if (fault.Region is not "*" && !Estates.Region.ByName.ContainsKey(fault.Region))
        {
            return $"region: '{fault.Region}' is not a region; give one such as us-east-1, or *.";
        }

        if (fault.Service is not "*" && !operations.ContainsKey(fault.Service))
        {
            return $"service: '{fault.Service}' is not served here; give one of {string.Join(", ", operations.Keys.Order(StringComparer.Ordinal))}, or *.";
        }

        var candidates = fault.Service is "*" ? operations.Values.SelectMany(names => names) : operations[fault.Service];
        return fault.Operation is "*" || candidates.Contains(fault.Operation, StringComparer.Ordinal)
            ? null
            : $"operation: '{fault.Operation}' is not served here; give one of {string.Join(", ", candidates.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}, or *.";
    }

    private static string? Values(Fault fault) => fault.Kind switch
    {
        FaultKind.Throttle when fault.Rate is not (>= 0 and <= 10_000) => "rate: give 0 to 10000 calls a second.",
        FaultKind.Throttle when fault.Burst is not (>= 1 and <= 10_000) => "burst: give 1 to 10000 calls.",
        FaultKind.Latency when fault.LatencyMs is not (>= 1 and <= 600_000) => "latency_ms: give 1 to 600000 milliseconds.",
        FaultKind.Latency when fault.LatencyUpToMs is { } upTo && (upTo < fault.LatencyMs || upTo > 600_000) => "latency_up_to_ms: give latency_ms to 600000 milliseconds.",
        FaultKind.Deny when !FaultAnswers.Layers.ContainsKey(fault.Policy) => $"policy: give one of {string.Join(", ", FaultAnswers.Layers.Keys.Order(StringComparer.Ordinal))}.",
        FaultKind.SessionLifetime when fault.Seconds is not (>= 1 and <= 43_200) => "seconds: give 1 to 43200.",
        FaultKind.ClockSkew when fault.Seconds is 0 or < -Any or > Any => $"seconds: give -{Any} to {Any}, and not 0.",
        _ when !Enum.IsDefined(fault.Kind) => "kind: it is not one of the known kinds.",
        _ => null,
    };

    private static string? Bounds(Fault fault) => fault switch
    {
        { Kind: FaultKind.ClockSkew, Times: not null } => "times: a clock is not wrong so many times; give for_seconds.",
        { Times: < 1 or > 1_000_000 } => "times: give 1 to 1000000.",
        { ForSeconds: < 1 or > Any } => $"for_seconds: give 1 to {Any}.",
        _ => null,
    };
}
