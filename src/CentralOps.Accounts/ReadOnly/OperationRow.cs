using CentralOps.Aws.Actions;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Accounts.ReadOnly;

/// <summary>One operation: what it does, and the IAM actions without which AWS refuses it.</summary>
/// <param name="Operation">As <c>service:Operation</c>, the service as the AWS CLI names it.</param>
public sealed record OperationRow(string Operation, OperationClass Class)
{
    private OperationActions? _found;

    /// <summary>From the generated table; none where IAM asks nothing.</summary>
    public IReadOnlyList<string> Actions => [.. Found.Actions.Select(static action => action.Name)];

    /// <summary>What a guarded read does not bring back; null for every other class.</summary>
    public Guard? Guard { get; init; }

    /// <summary>
    /// Whether tools may call it at all. Customers' data and secrets are reads, and still not for tools; a guarded read without its guard
    /// is not one; what has no IAM action cannot be confined; and where IAM itself calls an action a write, the class here is wrong.
    /// </summary>
    public bool IsCallable =>
        Class is OperationClass.MetadataRead or OperationClass.GuardedRead
        && (Class is OperationClass.GuardedRead) == Guard is not null
        && Found.Actions.Count > 0
        && Found.Actions.All(static action => action.Level is AccessLevel.List or AccessLevel.Read);

    /// <summary>The operation as tools see it: what is guarded is not in its answer.</summary>
    public OperationModel Model
    {
        get
        {
            var colon = Operation.IndexOf(':', StringComparison.Ordinal);
            return Guarded(ModelLibrary.Operation(Operation[..colon], Operation[(colon + 1)..]));
        }
    }

    private OperationActions Found => _found ??= IamActions.TryFind(Operation, out var actions) ? actions : new OperationActions(Operation, [], []);

    internal OperationModel Guarded(OperationModel operation) => Guard is { } guard ? guard.For(operation) : operation;
}
