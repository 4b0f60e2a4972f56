using CentralOps.Sandbox.Lambda.Workers;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Lambda;

/// <summary>A deployed function.</summary>
internal sealed class Function(FunctionDefinition definition, WorkerPool workers, AsyncEvents events) : IAsyncDisposable
{
    public FunctionDefinition Definition { get; } = definition;

    /// <summary>Who may call it from elsewhere; null when nobody.</summary>
    public PolicyDocument? Policy { get; } = definition.Policy is { } policy ? PolicyReader.Read(policy, PolicyKind.Resource) : null;

    public WorkerPool Workers { get; } = workers;

    public AsyncEvents Events { get; } = events;

    public ValueTask DisposeAsync() => Workers.DisposeAsync();
}
