namespace CentralOps.Aws.Actions;

/// <summary>An IAM action.</summary>
/// <param name="Name">As IAM spells it, such as <c>s3:ListAllMyBuckets</c>. IAM itself compares without case.</param>
public sealed record IamAction(string Name, AccessLevel Level);

/// <summary>What IAM asks of whoever calls an operation.</summary>
/// <param name="Operation">As <c>service:Operation</c>.</param>
/// <param name="Actions">All that the operation can need of its own. At least one.</param>
/// <param name="Dependent">What other services ask in the same call, such as <c>iam:PassRole</c>; some only where an argument calls for it.</param>
public sealed record OperationActions(string Operation, IReadOnlyList<IamAction> Actions, IReadOnlyList<IamAction> Dependent);
