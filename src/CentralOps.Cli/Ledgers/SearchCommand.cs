using System.CommandLine;
using CentralOps.Cli.Terminal;
using CentralOps.Ledger.Reading;

namespace CentralOps.Cli.Ledgers;

/// <summary><c>centralops ledger search</c>: calls by who, what, where, when and how they ended.</summary>
internal static class SearchCommand
{
    private const int MostCalls = 100_000;

    public static Command Create(Screen screen)
    {
        var place = new LedgerArguments();
        var caller = new Option<string?>("--caller") { Description = "A part of the caller's principal or source identity, in any case.", HelpName = "TEXT" };
        var account = new Option<string?>("--account", "-a") { Description = "The id of an account that was reached, or what was asked for.", HelpName = "ID" };
        var tool = new Option<string?>("--tool") { Description = "The tool's own name.", HelpName = "NAME" };
        var outcome = new Option<string?>("--outcome") { Description = "answered, partial, refused, failed, cancelled, interrupted or running.", HelpName = "NAME" };
        outcome.AcceptOnlyFromAmong("answered", "partial", "refused", "failed", "cancelled", "interrupted", "running");
        var since = PointInTime.Option("--since", "Only calls that began then or later");
        var until = PointInTime.Option("--until", "Only calls that began before");
        var limit = Limit(100);
        var output = CommonOptions.Output();
        var command = new Command("search", "Find calls, oldest first.") { caller, account, tool, outcome, since, until, limit, output };
        place.AddTo(command, verifying: false);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var query = new LedgerQuery
            {
                Caller = parsed.GetValue(caller),
                Account = parsed.GetValue(account),
                Tool = parsed.GetValue(tool),
                Outcome = parsed.GetValue(outcome),
                Since = parsed.GetValue(since),
                Until = parsed.GetValue(until),
            };
            var calls = await LedgerSearch.FindAsync(place.Of(parsed).Records, query, parsed.GetValue(limit), cancellationToken);
            Show(calls, parsed.GetValue(output), screen);
            return ExitCode.Ok;
        });
        return command;
    }

    public static Option<int> Limit(int usual)
    {
        var limit = new Option<int>("--limit") { Description = $"The newest so many, 1 to {MostCalls}.", HelpName = "N", DefaultValueFactory = _ => usual };
        limit.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostCalls)
            {
                result.AddError($"--limit: give 1 to {MostCalls}.");
            }
        });
        return limit;
    }

    public static void Show(IReadOnlyList<LedgerCall> calls, OutputFormat output, Screen screen)
    {
        if (output == OutputFormat.Json)
        {
            foreach (var call in calls)
            {
                screen.Data.WriteLine(CallsView.Json(call));
            }

            return;
        }

        if (calls.Count == 0)
        {
            screen.Say("There is no such call.");
            return;
        }

        CallsView.WriteTable(calls, screen);
    }
}
