using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;
using CentralOps.Gateway;
using Microsoft.Extensions.Logging;

namespace CentralOps.Cli.Up;

/// <summary><c>centralops up</c>: everything on this machine, until Ctrl-C.</summary>
internal static class UpCommand
{
    // How often the state file follows function processes that come and go.
    private static readonly TimeSpan StatePeriod = TimeSpan.FromMilliseconds(500);

    public static Command Create(Screen screen)
    {
        var port = new Option<int>("--port", "-p") { Description = $"Port of the gateway; the sandbox takes the next one where it is free (0: any).", DefaultValueFactory = _ => UpOptions.DefaultPort, HelpName = "N" };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) && number is < 0 or > 65535)
            {
                result.AddError($"--port: {number} is not a port; give 1 to 65535, or 0 for any free one.");
            }
        });
        var auth = new Option<UpAuth>("--auth") { Description = "Who may call the gateway: none (anyone on this machine) or iam (Signature Version 4).", DefaultValueFactory = _ => UpAuth.None, HelpName = "none|iam" };
        var functionPer = new Option<FunctionPer>("--function-per") { Description = "One function a subject, or one a tool as the integration guide draws it.", DefaultValueFactory = _ => FunctionPer.Subject, HelpName = "subject|tool" };
        var switches = SwitchOption.Create();
        var verbose = new Option<bool>("--verbose") { Description = "Show what sandbox, functions and gateway log." };
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("up", "Start the sandbox organization, its functions and the gateway; Ctrl-C stops them.") { port, auth, functionPer, switches, state, verbose, output };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new UpOptions(parsed.GetValue(port), parsed.GetValue(auth), parsed.GetValue(functionPer), parsed.GetValue(switches)!, parsed.GetValue(verbose)),
            StateDirectory.At(parsed.GetValue(state)),
            parsed.GetValue(output),
            screen,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(UpOptions options, StateDirectory directory, OutputFormat output, Screen screen, CancellationToken cancelled)
    {
        using var held = directory.TryHold() ?? throw AlreadyRunning(directory);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        using var logging = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(options.Verbose ? LogLevel.Information : LogLevel.Error)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSimpleConsole(console => console.SingleLine = true));
        await using (var session = await StartAsync(options, logging, screen, stop.Token))
        {
            directory.Write(session.State);
            if (output == OutputFormat.Json)
            {
                screen.Data.WriteLine(JsonSerializer.Serialize(session.State, UpStateJson.Default.UpState));
            }
            else
            {
                Welcome.Show(session.State, directory, screen);
            }

            await FollowAsync(session, directory, stop.Token);
            screen.Say("Stopping…");
        }

        screen.Say("Stopped; no process is left.");
        return ExitCode.Ok;
    }

    private static async Task<UpSession> StartAsync(UpOptions options, ILoggerFactory logging, Screen screen, CancellationToken cancellationToken)
    {
        try
        {
            return await UpSession.StartAsync(options, logging, TimeProvider.System, StepAsync, cancellationToken);
        }
        catch (GatewayStartException failed)
        {
            throw new CommandFailedException($"{failed.Message} (--port N sets the port.)");
        }

        async Task StepAsync(string what, Func<Task> work)
        {
            var startedAt = Stopwatch.GetTimestamp();
            await work();
            screen.Say($"  ✓ {what} ({Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds:F0} ms)");
        }
    }

    private static async Task FollowAsync(UpSession session, StateDirectory directory, CancellationToken stop)
    {
        var written = session.State;
        using var timer = new PeriodicTimer(StatePeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var now = session.State;
                if (!now.Processes.SequenceEqual(written.Processes))
                {
                    directory.Write(now);
                    written = now;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ctrl-C: the caller stops what runs.
        }
    }

    private static CommandFailedException AlreadyRunning(StateDirectory directory)
    {
        var where = directory.Read() is { } state ? $"{state.GatewayUrl}, process {state.Processes[0].Pid}" : $"state directory {directory.Path}";
        return new CommandFailedException($"CentralOps already runs here ({where}): stop it with Ctrl-C in its terminal, or start another with --port N --state DIR.");
    }
}
