using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Tools.Fleet;

namespace CentralOps.Tools.Finding;

/// <summary>Where was looked in one way, and what came in between.</summary>
/// <param name="IsStoppedEarly">There was no use in looking on: it was found, and there is one only.</param>
internal sealed record Looked(Lookup Lookup, FleetSummary Summary, IReadOnlyList<FleetFailure> Failures, bool IsStoppedEarly)
{
    /// <summary>Whether it was looked everywhere where it should be.</summary>
    public bool IsComplete => IsStoppedEarly || (Summary.Failed == 0 && Summary.Skipped == 0);

    /// <summary>A service that says that it has nothing of the name has answered: the place is empty, and nothing failed.</summary>
    public static Looked Of(Lookup lookup, FleetOutcome outcome, bool isStoppedEarly)
    {
        var (absent, failed) = (new HashSet<(string, string?)>(), new List<FleetFailure>());
        foreach (var failure in outcome.Failures)
        {
            if (failure.Refusal is Refusal.ServiceFailed { Failure.Kind: FailureKind.NotFound })
            {
                absent.Add((failure.Account.ToString(), failure.Region));
                continue;
            }

            failed.Add(failure);
        }

        absent.ExceptWith(failed.Select(static failure => (failure.Account.ToString(), failure.Region)));
        var summary = outcome.Summary with { Failed = outcome.Summary.Failed - absent.Count, Empty = outcome.Summary.Empty + absent.Count };
        return new Looked(lookup, summary, failed, isStoppedEarly);
    }
}
