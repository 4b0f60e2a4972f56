using System.ComponentModel;
using System.Diagnostics;

namespace CentralOps.Sandbox.AwsMcp.Scripts;

/// <summary>Finds a Python whose boto3 can be pointed at the sandbox; looked for once, when the first script comes.</summary>
internal sealed class PythonInterpreter
{
    /// <summary>Older ones do not know <c>AWS_ENDPOINT_URL</c> and would go for AWS.</summary>
    private const string Probe =
        "import boto3, botocore, sys; print(sys.executable if tuple(int(n) for n in botocore.__version__.split('.')[:2]) >= (1, 31) else '')";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lazy<Task<string?>> _path;
    private readonly TimeProvider _time;

    /// <param name="configured">Full path; null looks for <c>python3</c> on the PATH, then where Debian has it.</param>
    /// <param name="time">Ends a program that does not answer.</param>
    /// <param name="stopping">Ends the search with the sandbox.</param>
    public PythonInterpreter(string? configured, TimeProvider time, CancellationToken stopping)
    {
        _time = time;
        string[] candidates = configured is null ? ["python3", "/usr/bin/python3"] : [configured];
        _path = new Lazy<Task<string?>>(() => FindAsync(candidates, stopping));
    }

    /// <summary>The interpreter's full path; null when there is none.</summary>
    public Task<string?> FindAsync(CancellationToken cancellationToken) => _path.Value.WaitAsync(cancellationToken);

    private async Task<string?> FindAsync(string[] candidates, CancellationToken stopping)
    {
        foreach (var candidate in candidates)
        {
            if (await TryAsync(candidate, stopping) is { Length: > 0 } path && Path.IsPathFullyQualified(path))
            {
                return path;
            }
        }

        return null;
    }

    private async Task<string?> TryAsync(string program, CancellationToken stopping)
    {
        var start = new ProcessStartInfo(program, ["-B", "-c", Probe])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(Patience, _time);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
            await using var killed = ending.Token.Register(static one => Kill((Process)one!), process);
            process.StandardInput.Close();
            var errors = BoundedText.ReadAsync(process.StandardError.BaseStream, 4096, CancellationToken.None);
            var output = await BoundedText.ReadAsync(process.StandardOutput.BaseStream, 4096, CancellationToken.None);
            await errors;
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode == 0 ? output.Text.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }
}
