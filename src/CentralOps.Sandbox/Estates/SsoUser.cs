namespace CentralOps.Sandbox.Estates;

/// <summary>A person of IAM Identity Center, and which permission sets they have in which accounts.</summary>
internal sealed record SsoUser(string Name, IReadOnlyList<SsoAssignment> Assignments);

internal readonly record struct SsoAssignment(string AccountId, string PermissionSet);
