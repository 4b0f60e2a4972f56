using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CentralOps.Cli.Terminal;
using CentralOps.Sandbox.Control;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Cli.Sandboxing;

/// <summary><c>centralops sandbox trail</c>: who called what.</summary>
internal static class TrailCommand
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    public static Command Create(Screen screen)
    {
        var account = new Option<string?>("--account", "-a") { Description = "Calls by this account, or for its resources: an id or a name.", HelpName = "NAME" };
        var service = new Option<string?>("--service") { Description = "Calls to this service, as the AWS CLI names it.", HelpName = "NAME" };
        var operation = new Option<string?>("--operation") { Description = "Calls of this operation.", HelpName = "NAME" };
        var caller = new Option<string?>("--caller") { Description = "A part of the caller's ARN or source identity, in any case.", HelpName = "TEXT" };
        var errors = new Option<bool>("--errors") { Description = "Only calls that were refused or failed." };
        var since = Since();
        var limit = new Option<int>("--limit") { Description = "The newest so many, 1 to 10000.", HelpName = "N", DefaultValueFactory = _ => 50 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > TrailLog.Capacity)
            {
                result.AddError($"--limit: give 1 to {TrailLog.Capacity}.");
            }
        });
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with new calls until Ctrl-C; with --output json a record a line." };
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("trail", "Show who called what in the sandbox, oldest first (the newest 10,000 calls are kept).")
        {
            account, service, operation, caller, errors, since, limit, follow, state, output,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var query = new TrailQuery(
                parsed.GetValue(account), parsed.GetValue(service), parsed.GetValue(operation), parsed.GetValue(caller), parsed.GetValue(errors),
                parsed.GetValue(since), After: 0, parsed.GetValue(limit));
            var json = parsed.GetValue(output) == OutputFormat.Json;
            return RunningSandbox.AskAsync(
                parsed.GetValue(state),
                control => parsed.GetValue(follow) ? FollowAsync(control, query, json, screen, cancellationToken) : ShowAsync(control, query, json, screen, cancellationToken),
                cancellationToken);
        });
        return command;
    }

    private static Option<DateTimeOffset?> Since() => new("--since")
    {
        Description = "Only calls since then: a time such as 2026-11-22T12:00:00Z, or a length such as 10m.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (Duration.TryParse(text, out var ago))
            {
                return TimeProvider.System.GetUtcNow() - ago;
            }

            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            result.AddError($"--since: '{text}' is neither a time such as 2026-11-22T12:00:00Z nor a length of time such as 10m.");
            return null;
        },
    };

    private static async Task<int> ShowAsync(SandboxControl control, TrailQuery query, bool json, Screen screen, CancellationToken cancellationToken)
    {
        using var trail = await control.ReadTrailAsync(query, cancellationToken);
        var records = trail.RootElement.GetProperty("Records");
        if (json)
        {
            TrailView.WriteJson(records, screen);
        }
        else if (records.GetArrayLength() == 0)
        {
            screen.Say("No such call was made.");
        }
        else
        {
            TrailView.WriteTable(records, screen);
        }

        return ExitCode.Ok;
    }

    private static async Task<int> FollowAsync(SandboxControl control, TrailQuery query, bool json, Screen screen, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period);
        do
        {
            using var trail = await control.ReadTrailAsync(query, cancellationToken);
            foreach (var record in trail.RootElement.GetProperty("Records").EnumerateArray())
            {
                screen.Data.WriteLine(json ? PlainText.Json(JsonSerializer.Serialize(record, TrailJson.Default.JsonElement)) : TrailView.Line(record));
            }

            query = query with { After = trail.RootElement.GetProperty("last").GetInt64(), Limit = TrailLog.Capacity };
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
        return ExitCode.Ok;
    }
}
