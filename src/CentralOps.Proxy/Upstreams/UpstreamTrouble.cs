using CentralOps.Accounts.Refusals;
using CentralOps.Gateway.Targets;
using CentralOps.Proxy.Identities;

namespace CentralOps.Proxy.Upstreams;

/// <summary>Why a call did not get an answer of its server, in words that are fit to be shown.</summary>
/// <param name="Stage">Where it failed, such as <c>assume_role</c>, <c>throttled</c> or <c>network</c>: each is somebody else's to mend.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record UpstreamTrouble(string Stage, string Message, string Remedy)
{
    public static UpstreamTrouble Of(Refusal refusal)
    {
        var words = RefusalWords.Of(refusal);
        return new(words.StageName, words.Message, words.Remedy);
    }

    /// <param name="identity">As whom the call was made.</param>
    internal static UpstreamTrouble Of(TargetFailure failure, UpstreamIdentity identity, UpstreamAddress address) => failure.Kind switch
    {
        TargetFailureKind.Access => new(
            "access", failure.Problem,
            $"Check that {identity} may reach {address.Host} (its own policies, and those of the organization above it) and that requests are signed for the right service and region, now {address.Service} in {address.Region}."),
        TargetFailureKind.NotFound => new("not_found", failure.Problem, "Check the URL that the proxy was started with, its path too."),
        TargetFailureKind.Throttled => Throttled(address),
        TargetFailureKind.TimedOut => new("deadline", failure.Problem, "Ask for less at once, or start the proxy with a longer --timeout."),
        TargetFailureKind.TooLarge => new("too_large", failure.Problem, "Ask for less at once."),
        TargetFailureKind.Network => new("network", failure.Problem, "Check the URL that the proxy was started with, the network and the HTTPS_PROXY setting, then ask again."),
        TargetFailureKind.BadRequest => new("arguments", failure.Problem, "Correct the arguments."),
        _ => new("upstream", failure.Problem, "Ask again; if it stays, the trouble is with the MCP server and its log says why."),
    };

    internal static UpstreamTrouble Throttled(UpstreamAddress address) => new(
        "throttled",
        $"The MCP server at {address.Host} takes no more requests of this account now, and no place came free in the time that the call had.",
        "Ask again in a few seconds, with fewer calls at once in one account.");

    internal static UpstreamTrouble OutOfTime(UpstreamAddress address, TimeSpan allowed) => new(
        "deadline",
        string.Create(null, $"The MCP server at {address.Host} had not answered when the time was up ({allowed.TotalSeconds:0.#} s)."),
        "Ask for less at once, or start the proxy with a longer --timeout.");

    /// <summary>The same of a call that named no account: it may be another one that is meant.</summary>
    internal UpstreamTrouble OfDefaultAccount() => string.Equals(Stage, "assume_role", StringComparison.Ordinal)
        ? this with { Remedy = $"{Remedy} Or start the proxy with --account ID, which names the account of calls that name none." }
        : this;

    /// <summary>One text for a person or a model.</summary>
    public override string ToString() => $"[{Stage}] {Message} {Remedy}";
}
