using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CentralOps.Aws.Tests.Calls.Moto;

/// <summary>Somebody else's AWS, as a process on 127.0.0.1 for as long as the tests of a class run.</summary>
public sealed partial class MotoServer : IAsyncLifetime
{
    private Process? _process;

    public static string? Problem { get; } = HasMoto() ? null : "moto_server and boto3 are not on the path (pip install 'moto[server]' boto3).";

    public string Url { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Problem is not null)
        {
            return;
        }

        // Port 0: the system chooses, the server says which.
        _process = Start("moto_server", ["-H", "127.0.0.1", "-p", "0"]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await _process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            if (Address().Match(line) is { Success: true } found)
            {
                Url = found.Value;
                _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException("moto_server ended before it listened.");
    }

    public Task DisposeAsync()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        return Task.CompletedTask;
    }

    public static async Task<string[]> AskWithBotoAsync(string url, IEnumerable<string> calls)
    {
        using var python = Start("python3", [Path.Combine(Folder(), "ask_with_boto3.py"), url]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var errors = python.StandardError.ReadToEndAsync(limit.Token);
        var output = python.StandardOutput.ReadToEndAsync(limit.Token);
        foreach (var call in calls)
        {
            await python.StandardInput.WriteLineAsync(call.AsMemory(), limit.Token);
        }

        python.StandardInput.Close();
        await python.WaitForExitAsync(limit.Token);
        python.ExitCode.ShouldBe(0, await errors);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    internal static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["PYTHONUNBUFFERED"] = "1";
        return Process.Start(start)!;
    }

    private static bool HasMoto()
    {
        try
        {
            // Debian's boto3 is older than moto's answers.
            using var python = Start("python3", ["-c", "import boto3, moto.server, sys; sys.exit(tuple(map(int, moto.__version__.split('.')[:2])) < (5, 0))"]);
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}

internal sealed class MotoFactAttribute : FactAttribute
{
    public MotoFactAttribute() => Skip = MotoServer.Problem;
}
