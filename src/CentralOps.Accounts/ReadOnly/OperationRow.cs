using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Accounts.ReadOnly;

/// <summary>One operation: what it does, and the IAM actions without which AWS refuses it.</summary>
/// <param name="Operation">As <c>service:Operation</c>, the service as the AWS CLI names it.</param>
public sealed record OperationRow(string Operation, OperationClass Class, params string[] Actions)
{
    /// <summary>What a guarded read does not bring back; null for every other class.</summary>
    public Guard? Guard { get; init; }

    /// <summary>
    /// Whether tools may call it at all. Customers' data and secrets are reads, and still not for tools; a guarded read without its guard
    /// is not one; and what has no IAM action cannot be confined.
    /// </summary>
    public bool IsCallable => Actions.Length > 0 && (Class is OperationClass.MetadataRead || (Class is OperationClass.GuardedRead && Guard is not null));

    /// <summary>The operation as tools see it: what is guarded is not in its answer.</summary>
    public OperationModel Model
    {
        get
        {
            var colon = Operation.IndexOf(':', StringComparison.Ordinal);
            return Guarded(ModelLibrary.Operation(Operation[..colon], Operation[(colon + 1)..]));
        }
    }

    internal OperationModel Guarded(OperationModel operation) => Guard is { } guard ? guard.For(operation) : operation;
}
