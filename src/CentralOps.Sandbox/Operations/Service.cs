using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using CentralOps.Aws.Models;

namespace CentralOps.Sandbox.Operations;

/// <summary>A service that the sandbox serves: its model, its operations, and how it words errors that all services share.</summary>
internal sealed class Service(ServiceModel model, ErrorDialect dialect, params IEnumerable<Operation> operations)
{
    private readonly FrozenDictionary<string, Operation> _operations =
        operations.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    public ServiceModel Model { get; } = model;

    public ErrorDialect Dialect { get; } = dialect;

    public IEnumerable<string> OperationNames => _operations.Keys;

    public bool TryFind(string name, [NotNullWhen(true)] out Operation? operation) => _operations.TryGetValue(name, out operation);
}
