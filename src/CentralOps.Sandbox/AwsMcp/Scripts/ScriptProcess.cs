using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CentralOps.Aws.Credentials;

namespace CentralOps.Sandbox.AwsMcp.Scripts;

/// <summary>The process of one script, the leader of a group of its own, which ends as a whole.</summary>
internal sealed class ScriptProcess : IAsyncDisposable
{
    /// <summary>The guard's way of saying that this machine cannot confine a script.</summary>
    public const int Unconfined = 78;

    private const string NewSession = "/usr/bin/setsid";
    private const int SignalKill = 9;

    private static readonly string Guard = ReadGuard();

    private readonly Process _process;

    private ScriptProcess(Process process)
    {
        _process = process;
        Output = BoundedText.ReadAsync(process.StandardOutput.BaseStream, ScriptLimits.MaxOutputBytes);
        Errors = BoundedText.ReadAsync(process.StandardError.BaseStream, ScriptLimits.MaxOutputBytes);
    }

    public Task<BoundedText> Output { get; }

    public Task<BoundedText> Errors { get; }

    public int ProcessId => _process.Id;

    /// <summary>Throws <see cref="Win32Exception"/> when the program cannot be started.</summary>
    public static ScriptProcess Start(string python, string directory, Uri sandbox, AwsCredentials credentials, string region)
    {
        var start = new ProcessStartInfo(NewSession)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        // Isolated: neither this environment nor a user's own modules or start-up files take part.
        string[] arguments =
        [
            python, "-I", "-B", "-u", "-c", Guard, directory, sandbox.Host, Text(sandbox.Port),
            Text(ScriptLimits.CpuSeconds), Text(ScriptLimits.MemoryBytes), Text(ScriptLimits.FileBytes),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        FillEnvironment(start.Environment, directory, sandbox, credentials, region);
        return new ScriptProcess(Process.Start(start)!);
    }

    /// <summary>Hands over the script.</summary>
    public async Task TellAsync(string source, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = _process.StandardInput.BaseStream;
            await input.WriteAsync(Encoding.UTF8.GetBytes(source), cancellationToken);
        }
        catch (IOException)
        {
            // It has ended before it read the script; its exit code tells why.
        }
    }

    /// <summary>128 and the signal's number for a process that was killed.</summary>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it and whatever it has started.</summary>
    public void Kill()
    {
        _ = SendSignal(-_process.Id, SignalKill);
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in the meantime.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        await _process.WaitForExitAsync();
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        await Task.WhenAll(Output, Errors);
        _process.Dispose();
    }

    private static void FillEnvironment(IDictionary<string, string?> environment, string directory, Uri sandbox, AwsCredentials credentials, string region)
    {
        environment.Clear();
        environment["PATH"] = "/usr/bin:/bin";
        environment["HOME"] = environment["TMPDIR"] = directory;
        environment["LANG"] = "C.UTF-8";
        environment["TZ"] = "UTC";
        environment["AWS_ENDPOINT_URL"] = sandbox.GetLeftPart(UriPartial.Authority);
        environment["AWS_REGION"] = environment["AWS_DEFAULT_REGION"] = region;
        environment["AWS_ACCESS_KEY_ID"] = credentials.AccessKeyId;
        environment["AWS_SECRET_ACCESS_KEY"] = credentials.SecretAccessKey;
        environment["AWS_SESSION_TOKEN"] = credentials.SessionToken;
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        environment["AWS_CONFIG_FILE"] = environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string ReadGuard()
    {
        using var stream = typeof(ScriptProcess).Assembly.GetManifestResourceStream("AwsMcp/guard.py")
            ?? throw new InvalidOperationException("The embedded file AwsMcp/guard.py is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processGroup, int signal);
}
