using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Operations;

/// <summary>One operation of one service.</summary>
internal abstract class Operation
{
    /// <summary>The name in the service's model.</summary>
    public abstract string Name { get; }

    /// <summary>The IAM action that is evaluated before the operation runs; null where nothing is, or the operation does it itself.</summary>
    public abstract string? Action { get; }

    /// <summary>Asked without a signature: what a caller shows instead is the operation's own business.</summary>
    public virtual bool IsUnsigned => false;

    /// <summary>The ARN that the action is evaluated on.</summary>
    public virtual string Resource(OperationCall call) => "*";

    /// <summary>
    /// Whose the resource is and the policy that hangs on it; null for what is the caller's account's own and has none.
    /// </summary>
    public virtual ResourcePolicy? ResourcePolicy(OperationCall call) => null;

    /// <summary>Adds what only this operation knows of its question: the resource's tags, the service's own condition keys.</summary>
    public virtual AccessRequest Complete(AccessRequest question, OperationCall call) => question;

    public abstract ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken);
}
