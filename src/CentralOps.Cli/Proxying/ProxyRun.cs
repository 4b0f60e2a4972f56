using System.Net;
using System.Runtime.InteropServices;
using CentralOps.Cli.Terminal;
using CentralOps.Proxy.Http;
using CentralOps.Proxy.Stdio;
using Microsoft.Extensions.Logging;

namespace CentralOps.Cli.Proxying;

/// <summary>Runs the proxy until its input ends or Ctrl-C. Standard output is MCP's on stdio; words are on stderr.</summary>
internal static class ProxyRun
{
    public static async Task<int> RunAsync(ProxySettings settings, Func<string, string?> variable, Screen screen, CancellationToken cancelled)
    {
        // From here on this is a task: a Ctrl-C during what starts synchronously would otherwise end the process in the middle of its cleaning up.
        await Task.Yield();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        using var logging = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(settings.Verbose ? LogLevel.Information : LogLevel.Error)
            .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSimpleConsole(static console => console.SingleLine = true));
        await using var session = ProxySession.Compose(settings, variable, TimeProvider.System);
        if (settings.Unconfined)
        {
            screen.Say(
                "--unconfined: credentials are not confined. Whatever the role (or, without an account, the profile) may do, a tool of this server may do: create, change, delete, read secrets. "
                + "Leave --unconfined out to hold every call to reading.");
        }

        return settings.HttpPort is { } port
            ? await ServeHttpAsync(session, settings, port, logging, screen, stop.Token)
            : await ServeStdioAsync(session, logging, stop.Token);
    }

    private static async Task<int> ServeStdioAsync(ProxySession session, ILoggerFactory logging, CancellationToken stop)
    {
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        using var proxy = new StdioProxy(session.Upstream, session.Identities, session.Options, input, output, logging, TimeProvider.System);
        await proxy.RunAsync(stop);
        return ExitCode.Ok;
    }

    private static async Task<int> ServeHttpAsync(ProxySession session, ProxySettings settings, int port, ILoggerFactory logging, Screen screen, CancellationToken stop)
    {
        if (port != 0 && Up.Ports.Problem(port, IPAddress.Loopback) is { } problem)
        {
            throw new CommandFailedException($"Port {port} on 127.0.0.1 {problem}: free it, or choose another with --http N.");
        }

        var token = settings.Token ?? BearerToken.New();
        await using var proxy = await LoopbackProxy.StartAsync(session.Upstream, session.Identities, session.Options, port, token, logging, TimeProvider.System, stop);
        screen.SayUnbroken($"MCP at {proxy.Url} before {session.Upstream.Address.Url}");
        screen.SayUnbroken(settings.Token is null ? $"Authorization: Bearer {token.Value}" : $"Authorization: Bearer (the token of {ProxyCommand.TokenVariable})");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        }
        catch (OperationCanceledException)
        {
            screen.Say("Stopped.");
        }

        return ExitCode.Ok;
    }
}
