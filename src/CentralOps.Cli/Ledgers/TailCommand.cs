using System.CommandLine;
using CentralOps.Cli.Terminal;
using CentralOps.Ledger.Reading;

namespace CentralOps.Cli.Ledgers;

/// <summary><c>centralops ledger tail</c>: the newest calls, and with <c>--follow</c> those that come.</summary>
internal static class TailCommand
{
    private const int MostAtOnce = 10_000;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    public static Command Create(Screen screen)
    {
        var place = new LedgerArguments();
        var limit = SearchCommand.Limit(20);
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with calls as they end, until Ctrl-C; with --output json one a line." };
        var output = CommonOptions.Output();
        var command = new Command("tail", "Show the newest calls, oldest first.") { limit, follow, output };
        place.AddTo(command, verifying: false);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (directory, json) = (place.Of(parsed).Records, parsed.GetValue(output) == OutputFormat.Json);
            if (parsed.GetValue(follow))
            {
                return await FollowAsync(directory, parsed.GetValue(limit), json, screen, cancellationToken);
            }

            SearchCommand.Show(await LedgerSearch.FindAsync(directory, new LedgerQuery(), parsed.GetValue(limit), cancellationToken), parsed.GetValue(output), screen);
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<int> FollowAsync(string directory, int limit, bool json, Screen screen, CancellationToken cancellationToken)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        var from = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(Period);
        do
        {
            var calls = await LedgerSearch.FindAsync(directory, new LedgerQuery { Since = from }, told.Count == 0 ? limit : MostAtOnce, cancellationToken);
            foreach (var call in calls.Where(call => call.Outcome is not LedgerCall.Running && told.Add(call.Call)))
            {
                screen.Data.WriteLine(json ? CallsView.Json(call) : CallsView.Line(call));
            }

            // What runs may still end: nothing before the oldest of it is looked at again.
            from = calls.Where(static call => call.Outcome is LedgerCall.Running).Select(static call => call.Time).DefaultIfEmpty(calls.Count > 0 ? calls[^1].Time : from).Min();
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
        return ExitCode.Ok;
    }
}
