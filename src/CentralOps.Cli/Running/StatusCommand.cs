using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CentralOps.Cli.Control;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Running;

/// <summary><c>centralops status</c>: what runs here.</summary>
internal static class StatusCommand
{
    public static Command Create(Screen screen)
    {
        var output = CommonOptions.Output();
        var stateOption = CommonOptions.State();
        var command = new Command("status", "Show the running 'up': URLs, ports, processes, the sandbox operator's key. Exits 1 when none runs.") { output, stateOption };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var directory = StateDirectory.At(parsed.GetValue(stateOption));
            if (directory.Read() is not { } state)
            {
                screen.Say($"Nothing runs here (state directory {directory.Path}): start it with 'centralops up'.");
                return ExitCode.Refused;
            }

            if (parsed.GetValue(output) == OutputFormat.Json)
            {
                screen.Data.WriteLine(JsonSerializer.Serialize(state, UpStateJson.Default.UpState));
                return ExitCode.Ok;
            }

            Show(state, screen);
            foreach (var line in await ForeignAsync(parsed.GetValue(stateOption), state, cancellationToken))
            {
                screen.Data.WriteLine(PlainText.Line($"{"may write",-22}{line}"));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    // A control plane that does not answer is no reason to tell nothing.
    private static async Task<IReadOnlyList<string>> ForeignAsync(string? stateDirectory, UpState state, CancellationToken cancellationToken)
    {
        if (state.ControlUrl is null)
        {
            return [];
        }

        try
        {
            using var control = ControlSession.Open(new ControlPlace(Endpoint: null, Aws: false, Profile: null, Region: null, stateDirectory), ProcessEnvironment.Read, TimeProvider.System);
            return [.. (await ForeignTargets.FindAsync(control, cancellationToken)).Select(target => $"{target}: not one of CentralOps' own tools")];
        }
        catch (Exception silent) when (silent is ControlRefusedException or CommandFailedException)
        {
            return ["not known: the control plane did not answer when it was asked for targets that are not CentralOps' own"];
        }
    }

    private static void Show(UpState state, Screen screen)
    {
        // Lines, not a table: a URL has to be whole at any width.
        Line("gateway", state.GatewayUrl);
        Line("auth", state.Auth);
        if (state is { SandboxUrl: { } sandbox, ControlCredentials: { } key })
        {
            Line("sandbox", sandbox);
            Line("operator key", key.AccessKeyId);
        }
        else if (state.GatewayToken is { } token)
        {
            Line("token", token);
        }
        else if (state.ControlCredentials is { } manager)
        {
            Line("manager key", manager.AccessKeyId);
        }

        if (state.ControlUrl is { } control)
        {
            Line("control plane", control);
        }

        if (state.Search == false)
        {
            // It is decided when a gateway is made, and cannot be changed.
            Line("search", $"off: to have it, 'centralops gateway delete {new Uri(state.GatewayUrl).Segments[1].TrimEnd('/')} --with-targets', then start 'up' again");
        }

        Line("started", state.StartedAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        foreach (var process in state.Processes)
        {
            Line(process.Name, $"process {process.Pid}, {process.State}");
        }

        void Line(string what, string value) => screen.Data.WriteLine(PlainText.Line($"{what,-22}{value}"));
    }
}
