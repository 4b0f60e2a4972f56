using System.Diagnostics;
using System.Text;
using CentralOps.Aws.Credentials;

namespace CentralOps.Functions.Tests.Fixtures;

/// <summary>The real binary as a process, with the environment that Lambda gives it and nothing of ours.</summary>
internal sealed class RunningFunction : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private RunningFunction(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        _process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    public bool HasExited => _process.HasExited;

    /// <param name="change">Settings to add, or with null to take away.</param>
    public static RunningFunction Start(RuntimeApiServer? api, AwsCredentials? credentials, Uri? aws, params (string Name, string? Value)[] change)
    {
        var binary = Environment.GetEnvironmentVariable("CENTRALOPS_FUNCTION_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "bootstrap");
        var start = new ProcessStartInfo(binary) { RedirectStandardError = true, UseShellExecute = false };
        var kept = new[] { "PATH", "HOME", "DOTNET_ROOT", "TMPDIR" }.Select(static name => (name, Environment.GetEnvironmentVariable(name))).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept.Concat(Lambda(api, credentials, aws)).Concat(change))
        {
            if (value is null)
            {
                start.Environment.Remove(name);
                continue;
            }

            start.Environment[name] = value;
        }

        return new RunningFunction(start);
    }

    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Signal(string name) => Process.Start("/bin/kill", ["-s", name, $"{_process.Id}"])!.WaitForExit();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static IEnumerable<(string Name, string? Value)> Lambda(RuntimeApiServer? api, AwsCredentials? credentials, Uri? aws) =>
    [
        ("AWS_LAMBDA_RUNTIME_API", api?.Address),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", credentials?.AccessKeyId ?? "AKIATEST"),
        ("AWS_SECRET_ACCESS_KEY", credentials?.SecretAccessKey ?? "not-a-real-secret"),
        ("AWS_SESSION_TOKEN", credentials?.SessionToken),
        ("AWS_ENDPOINT_URL", aws?.ToString() ?? "http://127.0.0.1:9"),
        ("AWS_LAMBDA_FUNCTION_NAME", "central-ops-ec2"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
        ("_HANDLER", "bootstrap"),
        ("CENTRALOPS_DIRECTORY_ACCOUNT", "111111111111"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_CONFIG_FILE", "/dev/null"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
    ];
}
