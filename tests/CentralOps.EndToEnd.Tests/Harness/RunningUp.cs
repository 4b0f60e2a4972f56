using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace CentralOps.EndToEnd.Tests.Harness;

/// <summary>A <c>centralops up</c> of a test's own: own state directory, any free port.</summary>
internal sealed class RunningUp : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _words;
    private readonly Task _reading;

    private RunningUp(Process process, string state, JsonElement status, StringBuilder words, Task reading)
    {
        _process = process;
        _words = words;
        _reading = reading;
        State = state;
        Status = status;
    }

    public string State { get; }

    public JsonElement Status { get; }

    /// <summary>The 'up' process itself, which a wrapper may stand before.</summary>
    public int ProcessId => Status.GetProperty("processes")[0].GetProperty("pid").GetInt32();

    public string GatewayUrl => Status.GetProperty("gateway_url").GetString()!;

    /// <summary>What requests to 'up --aws' have to show.</summary>
    public string Token => Status.GetProperty("gateway_token").GetString()!;

    public string SandboxUrl => Status.GetProperty("sandbox_url").GetString()!;

    public string KeyId => Status.GetProperty("control_credentials").GetProperty("accessKeyId").GetString()!;

    public string Secret => Status.GetProperty("control_credentials").GetProperty("secretAccessKey").GetString()!;

    /// <summary>What it said on stderr so far.</summary>
    public string Words
    {
        get
        {
            lock (_words)
            {
                return _words.ToString();
            }
        }
    }

    public static Task<RunningUp> StartAsync(params string[] more) => StartAsync([], NewDirectory(), more);

    /// <param name="wrapper">A program and its arguments that runs 'up' under it, such as strace.</param>
    public static Task<RunningUp> StartUnderAsync(string[] wrapper) => StartAsync(wrapper, NewDirectory(), []);

    public static Task<RunningUp> StartAtAsync(string state) => StartAsync([], state, []);

    /// <summary>An 'up' with variables of its own, such as where its gateways are kept.</summary>
    public static Task<RunningUp> StartWithAsync(IReadOnlyDictionary<string, string> environment) => StartAsync([], NewDirectory(), [], environment);

    /// <summary>'up --aws' and more, in an environment of its own.</summary>
    public static Task<RunningUp> StartAwsAsync(IReadOnlyDictionary<string, string> environment, string[] wrapper, params string[] more) =>
        StartAsync(wrapper, NewDirectory(), ["--aws", .. more], environment);

    /// <summary>'serve' instead of 'up'.</summary>
    public static Task<RunningUp> StartServeAsync(params string[] more) => StartAsync([], NewDirectory(), more, command: "serve");

    private static string NewDirectory() => Directory.CreateTempSubdirectory("centralops-").FullName;

    private static async Task<RunningUp> StartAsync(string[] wrapper, string state, string[] more, IReadOnlyDictionary<string, string>? environment = null, string command = "up")
    {
        string[] line = [.. wrapper, Repository.Command, command, "--port", "0", "--state", state, "--output", "json", .. more];
        var process = Ran.Start(line[0], line[1..], environment: environment);
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var words = new StringBuilder();
        var reading = Task.WhenAll(ReadStatusAsync(process, ready), ReadWordsAsync(process, words));
        try
        {
            var status = await ready.Task.WaitAsync(TimeSpan.FromMinutes(2));
            return new RunningUp(process, state, JsonDocument.Parse(status).RootElement, words, reading);
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"'{command}' did not become ready ({failure.Message}). It said: {words}", failure);
        }
    }

    /// <summary>Function processes that run now, by function name.</summary>
    public async Task<IReadOnlyList<(string Function, int Pid)>> FunctionsAsync()
    {
        var status = (await CentralOpsAsync("status", "--output", "json")).Json;
        return [.. status.GetProperty("processes").EnumerateArray().Skip(1).Select(process => (process.GetProperty("name").GetString()!, process.GetProperty("pid").GetInt32()))];
    }

    public Task<Ran> CentralOpsAsync(params string[] arguments) => Ran.CentralOpsAsync([.. arguments, "--state", State]);

    /// <summary>Ctrl-C, and the exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        Signals.Send(ProcessId, Signals.Interrupt);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(limit.Token);
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await InterruptAsync();
        }

        _process.Dispose();
        if (Directory.Exists(State))
        {
            Directory.Delete(State, recursive: true);
        }
    }

    private static async Task ReadStatusAsync(Process process, TaskCompletionSource<string> ready)
    {
        var lines = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.AppendLine(line);
            if (line == "}")
            {
                ready.TrySetResult(lines.ToString());
            }
        }

        ready.TrySetException(new InvalidOperationException("it ended"));
    }

    private static async Task ReadWordsAsync(Process process, StringBuilder words)
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lock (words)
            {
                words.AppendLine(line);
            }
        }
    }
}
