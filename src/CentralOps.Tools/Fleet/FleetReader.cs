using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Listings;

namespace CentralOps.Tools.Fleet;

/// <summary>Asks many accounts the same, and hands every item to a sink.</summary>
internal static class FleetReader
{
    /// <summary>
    /// Reads all pages of all places, in any order, until the time is up. What is held at once is a page for each read under way. A place that fails in the
    /// middle keeps what was handed on; its failure is told.
    /// </summary>
    /// <param name="question">Its limit, token and shape are left aside.</param>
    /// <returns>How it ended; or why nothing was asked.</returns>
    public static async Task<FleetRead> ReadAllAsync(FleetQuestion question, IRowSink sink, ToolSetting setting, CancellationToken cancellationToken)
    {
        // 1. The time there is, for quotas too.
        var services = setting.Services;
        using var clock = new FleetClock(setting.Call.TimeAllowed, services.Time);
        question = question with { Use = question.Use with { Deadline = clock.Quotas } };

        // 2. Which accounts?
        var planned = await FleetPlan.MakeAsync(question, services, cancellationToken);
        if (planned.Plan is not { } plan)
        {
            return new FleetRead(null, planned.Refusal);
        }

        // 3. All of them.
        var queue = new WorkQueue(plan, from: null);
        var progress = new ProgressReport(setting.Call.Progress, plan.Accounts.Count, FleetWidth.PlacesOf(question), services.Time);
        var reader = new PlaceReader(question, setting, shape: null, from: null, services.Time.GetUtcNow(), clock);
        var taker = new SinkTaker(sink);
        using var run = new FleetRun(queue, reader, taker, clock, progress, FleetWidth.Of(services), cancellationToken);
        taker.Run = run;
        run.Wake();
        await run.EndAsync(cancellationToken);
        progress.Report(atOnce: true);
        return new FleetRead(FleetOutcome.Of(plan, run, clock, services.Time), null);
    }

    /// <summary>Hands items on as they come.</summary>
    private sealed class SinkTaker(IRowSink sink) : IPlaceTaker
    {
        public FleetRun Run { get; set; } = null!;

        public bool MayBegin(int underWay) => true;

        public async ValueTask<bool> TakeAsync(PlaceSlot place, PageStep step, CancellationToken cancellationToken)
        {
            foreach (var failure in step.Note is { } note ? [note, .. step.Failures] : step.Failures)
            {
                place.Fail(failure.Part, failure.Refusal);
            }

            if (step.Count == 0 || await sink.TakeAsync(place.Place, step.Items, step.Count, cancellationToken))
            {
                return true;
            }

            Run.Stop();
            return false;
        }

        public void Finished(long bytes, long items)
        {
        }
    }
}

/// <summary>How a reading of many accounts ended, or why none began.</summary>
internal readonly record struct FleetRead(FleetOutcome? Outcome, Refusal? Refusal);
