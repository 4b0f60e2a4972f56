namespace CentralOps.Tools.Fleet;

/// <summary>How a reading of many accounts ended.</summary>
/// <param name="Failures">In order of account and region, the first <see cref="MaxFailures"/>.</param>
/// <param name="FailuresLeftOut">How many more there are.</param>
internal sealed record FleetOutcome(IReadOnlyList<FleetFailure> Failures, int FailuresLeftOut, FleetSummary Summary)
{
    public const int MaxFailures = 10_000;

    /// <summary>Whether everything was read that could be.</summary>
    public bool IsWhole => Summary.Skipped == 0 && Summary.Failed == 0;

    public static FleetOutcome Of(FleetPlan plan, FleetRun run, FleetClock clock, TimeProvider time)
    {
        var tally = new FleetTally();
        var failures = new List<FleetFailure>();
        var left = 0;
        foreach (var account in run.Accounts)
        {
            foreach (var failure in tally.Count(account, FleetWidth.PlacesOf(plan.Question)))
            {
                left += failures.Count < MaxFailures ? 0 : 1;
                if (failures.Count < MaxFailures)
                {
                    failures.Add(failure);
                }
            }
        }

        return new FleetOutcome(failures, left, tally.Summary(plan, clock, time));
    }
}
