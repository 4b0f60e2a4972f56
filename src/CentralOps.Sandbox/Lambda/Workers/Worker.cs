using System.ComponentModel;
using CentralOps.Aws.Credentials;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.Lambda.Workers;

/// <summary>One execution environment of a function: a process, its runtime API and its keys. It has one invocation at a time.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private static readonly TimeSpan InitTimeout = TimeSpan.FromSeconds(10);

    private readonly FunctionDefinition _function;
    private readonly RuntimeApi _api;
    private readonly FunctionChild _child;
    private readonly LogTail _log;
    private readonly TimeProvider _time;
    private readonly Lazy<Task> _disposal;
    private readonly long _startedAt;
    private TimeSpan? _initDuration;

    private Worker(FunctionDefinition function, RuntimeApi api, FunctionChild child, LogTail log, TimeProvider time, DateTimeOffset keysEnd)
    {
        (_function, _api, _child, _log, _time, KeysEnd) = (function, api, child, log, time, keysEnd);
        _startedAt = time.GetTimestamp();
        _disposal = new Lazy<Task>(DisposeOnceAsync);
        Exited = WatchAsync();
    }

    public int ProcessId => _child.ProcessId;

    public string State { get; set; } = "starting";

    /// <summary>When the keys in its environment stop working.</summary>
    public DateTimeOffset KeysEnd { get; }

    /// <summary>Ends after the process has, and its invocation is answered.</summary>
    public Task Exited { get; }

    /// <summary>Still good for another invocation.</summary>
    public bool IsUsable
    {
        get => field && !_child.HasExited;
        private set;
    } = true;

    /// <summary>Runs when it has had nothing to do for long enough.</summary>
    public ITimer? IdleTimer { get; set; }

    /// <summary>Starts the process; null when the program cannot be run at all.</summary>
    public static async Task<Worker?> StartAsync(
        FunctionDefinition function, AwsCredentials keys, Uri sandbox, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        var api = await RuntimeApi.StartAsync(logging, cancellationToken);
        var output = new WorkerOutput(function.Name, logging);
        try
        {
            var child = FunctionChild.Start(
                function, environment => WorkerEnvironment.Fill(environment, function, keys, api.Url, sandbox), output.Write);
            return new Worker(function, api, child, output.Tail, time, keys.Expiration ?? DateTimeOffset.MaxValue);
        }
        catch (Win32Exception)
        {
            await api.DisposeAsync();
            return null;
        }
    }

    /// <summary>Waits until the runtime asks for its first event; otherwise the error that the invocation has to answer.</summary>
    public async Task<InvocationResult?> InitializeAsync(string requestId, CancellationToken cancellationToken)
    {
        try
        {
            var first = await Task.WhenAny(_api.Initialized, _child.Exited).WaitAsync(InitTimeout, _time, cancellationToken);
            if (_api.Initialized.IsCompleted)
            {
                _initDuration = _time.GetElapsedTime(_startedAt);
                return await _api.Initialized;
            }

            return FunctionErrors.Exited(requestId, await (Task<int>)first);
        }
        catch (TimeoutException)
        {
            return FunctionErrors.TimedOut(requestId, InitTimeout);
        }
    }

    public async Task<InvocationResult> InvokeAsync(Invocation invocation)
    {
        var startedAt = _time.GetTimestamp();
        _log.Clear();
        invocation.Deadline = _time.GetUtcNow() + _function.Timeout;
        if (!_api.TryOffer(invocation))
        {
            IsUsable = false;
            return InvocationResult.NotTaken;
        }

        try
        {
            await invocation.Result.WaitAsync(_function.Timeout, _time);
        }
        catch (TimeoutException)
        {
            invocation.TryComplete(FunctionErrors.TimedOut(invocation.RequestId, _function.Timeout));
            IsUsable = false;
        }

        var result = await invocation.Result;
        (var init, _initDuration) = (_initDuration, null);
        return result with { Duration = _time.GetElapsedTime(startedAt), InitDuration = init, Log = _log.Read };
    }

    public async ValueTask DisposeAsync() => await _disposal.Value;

    private async Task WatchAsync()
    {
        var exitCode = await _child.Exited;
        IsUsable = false;
        _api.Abandon(exitCode);
    }

    private async Task DisposeOnceAsync()
    {
        State = "stopping";
        if (IdleTimer is { } timer)
        {
            await timer.DisposeAsync();
        }

        await _child.DisposeAsync();
        await Exited;
        await _api.DisposeAsync();
    }
}
