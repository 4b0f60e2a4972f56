using System.Text;
using System.Text.Json;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Lambda;
using CentralOps.Sandbox.Lambda.Workers;
using CentralOps.Sandbox.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Sandbox.Tests.Lambda;

/// <summary>A pool of real processes of the Python fixture.</summary>
internal sealed class FunctionProcesses : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private int _requests;

    public FunctionProcesses(Func<FunctionDefinition, FunctionDefinition>? change = null, TimeProvider? time = null, string mode = "serve")
    {
        time ??= TimeProvider.System;
        var definition = Definition("fixture", mode);
        var keys = new AccessKeyStore(time);
        new IdentityDirectory(Estate.Default).TryFindRole(definition.RoleArn, out var role).ShouldBeTrue();
        Pool = new WorkerPool(
            change?.Invoke(definition) ?? definition,
            () => keys.IssueSession(role!.Session("fixture"), TimeSpan.FromHours(6)),
            new Uri("http://127.0.0.1:9"),
            NullLoggerFactory.Instance,
            time,
            _stopping.Token);
    }

    public WorkerPool Pool { get; }

    public static FunctionDefinition Definition(string name, string mode = "serve") => new()
    {
        Name = name,
        AccountId = "111111111111",
        Region = "us-east-1",
        RoleArn = "arn:aws:iam::111111111111:role/CentralOpsLambdaRole",
        Command = Tools.DebianPython,
        Arguments = [Path.Combine(AppContext.BaseDirectory, "Fixtures", "runtime.py"), mode],
    };

    public async Task<(InvocationResult Result, JsonElement Answer)> InvokeAsync(string @event, string? clientContext = null)
    {
        var result = await Pool.InvokeAsync(NewInvocation(@event, clientContext));
        return (result, result.Payload.IsEmpty ? default : JsonSerializer.Deserialize<JsonElement>(result.Payload.Span));
    }

    public Invocation NewInvocation(string @event, string? clientContext = null) => new()
    {
        RequestId = "request-" + Interlocked.Increment(ref _requests),
        Payload = Encoding.UTF8.GetBytes(@event),
        ClientContext = clientContext,
        FunctionArn = "arn:aws:lambda:us-east-1:111111111111:function:fixture",
        TraceId = "Root=1-0-0",
    };

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Pool.DisposeAsync();
        _stopping.Dispose();
    }
}
