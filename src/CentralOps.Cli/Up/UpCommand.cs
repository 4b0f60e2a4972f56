using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using CentralOps.Cli.Access;
using CentralOps.Cli.Ledgers;
using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;
using CentralOps.Cli.Up.RealAccounts;
using CentralOps.Gateway;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging;

namespace CentralOps.Cli.Up;

/// <summary><c>centralops up</c>: everything on this machine, until Ctrl-C.</summary>
internal static class UpCommand
{
    // How often the state file follows function processes that come and go.
    private static readonly TimeSpan StatePeriod = TimeSpan.FromMilliseconds(200);

    public static Command Create(Screen screen)
    {
        var port = Ports.Option();
        var auth = Choice.Option("--auth", UpAuth.None, "Who may call the gateway: none (anyone on this machine) or iam (Signature Version 4).");
        var functionPer = Choice.Option("--function-per", FunctionPer.Subject, "One function a subject, or one a tool as the integration guide draws it.");
        var switches = SwitchOption.Create();
        var real = new AwsArguments();
        var estate = new EstateOptions();
        var verbose = new Option<bool>("--verbose") { Description = "Show what sandbox, functions and gateway log." };
        var access = RulesArgument.Option("--access");
        var record = new Option<bool>("--record") { Description = "Record every call in the ledger (over real accounts always, unless CENTRALOPS_LEDGER says otherwise)." };
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("up", "Start the gateway over the sandbox organization, or over real accounts with --aws; Ctrl-C stops it.");
        real.AddTo(command);
        foreach (var option in new Option[] { port, auth, functionPer, switches, access, record, state, verbose, output })
        {
            command.Options.Add(option);
        }

        estate.AddTo(command, real.Aws);
        command.SetAction((parsed, cancellationToken) =>
        {
            var directory = StateDirectory.At(parsed.GetValue(state));
            return RunAsync(new UpOptions(parsed.GetValue(port), parsed.GetValue(auth), parsed.GetValue(functionPer), parsed.GetValue(switches) ?? new CompatibilitySwitches(), parsed.GetValue(verbose))
            {
                Estate = () => estate.Read(parsed),
                StateDirectory = directory.Path,
                DatabaseUrl = ProcessEnvironment.Read(DatabaseUrl.Variable),
                MasterKey = ProcessEnvironment.Read(MasterKeys.Variable),
                Aws = real.Of(parsed),
                AccessFile = RulesArgument.Path(parsed.GetValue(access)),
                Access = RulesArgument.Read(parsed.GetValue(access)),
                Ledger = LedgerChoice.Of(parsed.GetValue(record) || real.Of(parsed) is not null, StateDirectory.At(parsed.GetValue(state)), ProcessEnvironment.Read),
            },
            directory,
            parsed.GetValue(output),
            screen,
            cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(UpOptions options, StateDirectory directory, OutputFormat output, Screen screen, CancellationToken cancelled)
    {
        // From here on this is a task: a Ctrl-C during what starts synchronously would otherwise end the process in the middle of its cleaning up.
        await Task.Yield();
        using var held = await HoldAsync(directory, cancelled);
        if (Ports.Problem(options.Port) is { } problem)
        {
            throw new CommandFailedException($"Port {options.Port} on 127.0.0.1 {problem}: free it, or choose another with --port N.");
        }

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

            await FollowAsync(session, directory, screen, stop.Token);
            screen.Say("Stopping…");
        }

        screen.Say("Stopped; no process is left.");
        return ExitCode.Ok;
    }

    private static async Task<IUpSession> StartAsync(UpOptions options, ILoggerFactory logging, Screen screen, CancellationToken cancellationToken)
    {
        try
        {
            return options.Aws is { } aws
                ? await AwsSession.StartAsync(options, aws, ProcessEnvironment.Read, logging, TimeProvider.System, StepAsync, cancellationToken)
                : await UpSession.StartAsync(options, logging, TimeProvider.System, StepAsync, cancellationToken);
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

    private static async Task FollowAsync(IUpSession session, StateDirectory directory, Screen screen, CancellationToken stop)
    {
        var written = session.State;
        var complained = false;
        using var timer = new PeriodicTimer(StatePeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var now = session.State;
                if (now.Processes.SequenceEqual(written.Processes))
                {
                    continue;
                }

                try
                {
                    directory.Write(now);
                    written = now;
                }
                catch (CommandFailedException failed)
                {
                    // A full disk or a removed directory is no reason to end a session that works; the next change tries again.
                    if (!complained)
                    {
                        screen.Say(failed.Message);
                    }

                    complained = true;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ctrl-C: the caller stops what runs.
        }
    }

    // A 'status' that looks at a left state holds the lock for a moment; a running 'up' holds it for good.
    private static async Task<IDisposable> HoldAsync(StateDirectory directory, CancellationToken cancellationToken)
    {
        const int Attempts = 5;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (directory.TryHold() is { } held)
            {
                return held;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        throw AlreadyRunning(directory);
    }

    private static CommandFailedException AlreadyRunning(StateDirectory directory)
    {
        var where = directory.Read() is { } state ? $"{state.GatewayUrl}, process {state.Processes[0].Pid}" : $"state directory {directory.Path}";
        return new CommandFailedException($"CentralOps already runs here ({where}): stop it with Ctrl-C in its terminal, or start another with --port N --state DIR.");
    }
}
