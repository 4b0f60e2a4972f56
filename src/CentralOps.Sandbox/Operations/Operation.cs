namespace CentralOps.Sandbox.Operations;

/// <summary>One operation of one service.</summary>
internal abstract class Operation
{
    /// <summary>The name in the service's model.</summary>
    public abstract string Name { get; }

    /// <summary>The IAM action that is evaluated before the operation runs; null where nothing is, or the operation does it itself.</summary>
    public abstract string? Action { get; }

    /// <summary>The ARN that the action is evaluated on.</summary>
    public virtual string Resource(OperationCall call) => "*";

    public abstract ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken);
}
