using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Control;

/// <summary>Long operations: waits until what was begun has ended, and says how.</summary>
internal static class Settling
{
    private const string NotFound = "ResourceNotFoundException";
    private const int QuickLooks = 5;

    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static Option<bool> NoWait() => new("--no-wait") { Description = "Do not wait until it has ended; 'get' shows its status." };

    /// <summary>Asks until the status is one that stays.</summary>
    /// <returns>Null when it is gone.</returns>
    public static Task<JsonObject?> WaitAsync(Screen screen, ControlSession session, string what, string operation, JsonObject key, CancellationToken cancellationToken) =>
        screen.WhileAsync<JsonObject?>(what, async () =>
        {
            var started = session.Time.GetTimestamp();
            for (var looks = 0; ; looks++)
            {
                if (await LookAsync(session, operation, key, cancellationToken) is not { } now)
                {
                    return null;
                }

                if (!now.Text("status").EndsWith("ING", StringComparison.Ordinal))
                {
                    return now;
                }

                if (session.Time.GetElapsedTime(started) > Longest)
                {
                    throw new CommandFailedException($"{what}: still {now.Text("status")} after {Duration.Words(Longest)}. It goes on; 'get' shows its status.");
                }

                await Task.Delay(looks < QuickLooks ? Quick : Usual, session.Time, cancellationToken);
            }
        });

    /// <summary>What was begun as it ended, and why where it failed: in words where data are a table, in the API's JSON where that is asked for.</summary>
    public static int Show(JsonObject ended, OutputFormat format, Screen screen)
    {
        var data = ended;
        if (format == OutputFormat.Table)
        {
            data = (JsonObject)ended.DeepClone();
            data.Remove("statusReasons");
            data.Remove("authorizationData");
        }

        ControlView.Show(data, format, screen);
        return Say(ended, screen);
    }

    /// <summary>Says how it ended, beside the data.</summary>
    public static int Say(JsonObject ended, Screen screen)
    {
        var status = ended.Text("status");
        var reasons = (ended["statusReasons"] as JsonArray ?? []).Select(reason => reason?.ToString() ?? "").Where(reason => reason.Length > 0).ToList();
        if (status.EndsWith("_PENDING_AUTH", StringComparison.Ordinal))
        {
            screen.Say($"{status}: somebody has to allow it first. Open this address, then look at the status with 'get':");
            screen.SayUnbroken(ended.Text("authorizationData.oauth2.authorizationUrl") is { Length: > 0 } url ? url : "(the answer holds no address)");
            return ExitCode.Ok;
        }

        var failed = status is "FAILED" || status.EndsWith("_UNSUCCESSFUL", StringComparison.Ordinal);
        if (failed)
        {
            screen.Say($"{Name(ended)} is {status}{(reasons.Count == 0 ? ", and no reason is given." : ":")}");
        }

        foreach (var reason in reasons)
        {
            screen.Say($"  {reason}");
        }

        return failed ? ExitCode.Refused : ExitCode.Ok;
    }

    private static string Name(JsonObject thing) => thing.Text("name") is { Length: > 0 } name ? name : "It";

    private static async Task<JsonObject?> LookAsync(ControlSession session, string operation, JsonObject key, CancellationToken cancellationToken)
    {
        try
        {
            return await session.CallAsync(operation, key, cancellationToken);
        }
        catch (ControlRefusedException gone) when (gone.Code is NotFound)
        {
            return null;
        }
    }
}
