using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;
using CentralOps.Gateway;
using Microsoft.Extensions.Logging;

namespace CentralOps.Cli.Up;

/// <summary>Runs what serves, one in a state directory, until Ctrl-C; other commands read there where it is.</summary>
/// <param name="Address">Where its port is to be free.</param>
internal sealed record Foreground(StateDirectory Directory, IPAddress Address, int Port, bool Verbose, OutputFormat Output, Screen Screen)
{
    // How often the state file follows what comes and goes.
    private static readonly TimeSpan StatePeriod = TimeSpan.FromMilliseconds(200);

    public async Task<int> RunAsync(Func<ILoggerFactory, CancellationToken, Task<IUpSession>> start, Action<UpState> show, string stopped, CancellationToken cancelled)
    {
        // From here on this is a task: a Ctrl-C during what starts synchronously would otherwise end the process in the middle of its cleaning up.
        await Task.Yield();
        using var held = await HoldAsync(cancelled);
        if (Ports.Problem(Port, Address) is { } problem)
        {
            throw new CommandFailedException($"Port {Port} on {Address} {problem}: free it, or choose another with --port N.");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        using var logging = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(Verbose ? LogLevel.Information : LogLevel.Error)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSimpleConsole(console => console.SingleLine = true));
        await using (var session = await StartAsync(start, logging, stop.Token))
        {
            Directory.Write(session.State);
            if (Output == OutputFormat.Json)
            {
                Screen.Data.WriteLine(JsonSerializer.Serialize(session.State, UpStateJson.Default.UpState));
            }
            else
            {
                show(session.State);
            }

            await FollowAsync(session, stop.Token);
            Screen.Say("Stopping…");
        }

        Screen.Say(stopped);
        return ExitCode.Ok;
    }

    /// <summary>Runs a named step of the start, and tells it with its time.</summary>
    public async Task StepAsync(string what, Func<Task> work)
    {
        var startedAt = Stopwatch.GetTimestamp();
        await work();
        Screen.Say($"  ✓ {what} ({Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds:F0} ms)");
    }

    private static async Task<IUpSession> StartAsync(Func<ILoggerFactory, CancellationToken, Task<IUpSession>> start, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        try
        {
            return await start(logging, cancellationToken);
        }
        catch (GatewayStartException failed)
        {
            throw new CommandFailedException($"{failed.Message} (--port N sets the port.)");
        }
    }

    private async Task FollowAsync(IUpSession session, CancellationToken stop)
    {
        var written = session.State;
        var complained = false;
        using var timer = new PeriodicTimer(StatePeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var now = session.State;
                if (now.Processes.SequenceEqual(written.Processes) && string.Equals(now.GatewayUrl, written.GatewayUrl, StringComparison.Ordinal))
                {
                    continue;
                }

                try
                {
                    Directory.Write(now);
                    written = now;
                }
                catch (CommandFailedException failed)
                {
                    // A full disk or a removed directory is no reason to end a session that works; the next change tries again.
                    if (!complained)
                    {
                        Screen.Say(failed.Message);
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

    // A 'status' that looks at a left state holds the lock for a moment; what runs holds it for good.
    private async Task<IDisposable> HoldAsync(CancellationToken cancellationToken)
    {
        const int Attempts = 5;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (Directory.TryHold() is { } held)
            {
                return held;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        throw AlreadyRunning();
    }

    private CommandFailedException AlreadyRunning()
    {
        var where = Directory.Read() is { } state ? $"{state.GatewayUrl}, process {state.Processes[0].Pid}" : $"state directory {Directory.Path}";
        return new CommandFailedException($"CentralOps already runs here ({where}): stop it with Ctrl-C in its terminal, or start another with --port N --state DIR.");
    }
}
