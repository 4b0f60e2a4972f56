using CentralOps.Sandbox.Lambda.Workers;

namespace CentralOps.Sandbox.Lambda;

/// <summary>A deployed function.</summary>
internal sealed class Function(FunctionDefinition definition, WorkerPool workers, AsyncEvents events) : IAsyncDisposable
{
    public FunctionDefinition Definition { get; } = definition;

    public WorkerPool Workers { get; } = workers;

    public AsyncEvents Events { get; } = events;

    public ValueTask DisposeAsync() => Workers.DisposeAsync();
}
