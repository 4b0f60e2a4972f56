using System.ComponentModel;
using CentralOps.Aws.Credentials;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.AwsMcp.Scripts;

/// <summary>How a script ended.</summary>
internal enum ScriptEnd
{
    Exited,
    TimeIsUp,
    DirectoryIsFull,
}

/// <summary>What became of a script.</summary>
/// <param name="Code">128 and the signal's number when it was killed.</param>
internal sealed record ScriptOutcome(ScriptEnd End, int Code, BoundedText Output, BoundedText Errors, TimeSpan Duration);

/// <summary>Runs Python in a confined process: <c>guard.py</c> says what it is kept from, and docs/aws-mcp.md what that does not stop.</summary>
internal sealed class ScriptRunner(AwsMcpOptions options, PythonInterpreter python, Func<Uri> sandbox, TimeProvider time, ILogger<ScriptRunner> logger) : IAsyncDisposable
{
    public const string NoPython =
        "This sandbox cannot run scripts: it needs Python 3 with boto3 1.31 or later, and found none. Install it, or name one in the sandbox's settings.";

    public const string NoConfinement = "This sandbox cannot run scripts: it confines them with Linux's Landlock and seccomp (Linux 5.13 or later on x86_64 or aarch64), which this machine does not give.";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _places = new(options.ConcurrentScripts);

    /// <summary>The outcome; or why no script can run here.</summary>
    public async Task<(ScriptOutcome? Outcome, string? Problem)> RunAsync(string source, AwsCredentials credentials, string region, CancellationToken cancellationToken)
    {
        if (await python.FindAsync(cancellationToken) is not { } interpreter)
        {
            return (null, NoPython);
        }

        await _places.WaitAsync(cancellationToken);
        try
        {
            using var directory = new ScriptDirectory(logger);
            var startedAt = time.GetTimestamp();
            await using var process = ScriptProcess.Start(interpreter, directory.Path, sandbox(), credentials, region);
            await process.TellAsync(source, cancellationToken);
            var end = await WatchAsync(process, directory, cancellationToken);
            var code = await process.ExitAsync(cancellationToken);
            var duration = time.GetElapsedTime(startedAt);
            return code == ScriptProcess.Unconfined
                ? (null, NoConfinement)
                : (new ScriptOutcome(end, code, await process.Output, await process.Errors, duration), null);
        }
        catch (Win32Exception)
        {
            return (null, NoConfinement);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Waits for scripts that are being ended; none is left when it returns.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var place = 0; place < options.ConcurrentScripts; place++)
        {
            await _places.WaitAsync();
        }

        _places.Dispose();
    }

    private async Task<ScriptEnd> WatchAsync(ScriptProcess process, ScriptDirectory directory, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.ScriptTime, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var exit = process.ExitAsync(ending.Token);
        while (!exit.IsCompleted)
        {
            await Task.WhenAny(exit, Task.Delay(Glance, time, ending.Token));
            if (!exit.IsCompleted && directory.IsOverfull())
            {
                process.Kill();
                return ScriptEnd.DirectoryIsFull;
            }
        }

        if (!exit.IsCanceled)
        {
            await exit;
            return ScriptEnd.Exited;
        }

        process.Kill();
        cancellationToken.ThrowIfCancellationRequested();
        return ScriptEnd.TimeIsUp;
    }
}
