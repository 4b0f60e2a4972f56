namespace CentralOps.Accounts.Directory;

/// <summary>One account of the organization.</summary>
public sealed record Account
{
    public const string Active = "ACTIVE";

    public required AccountId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>As AWS Organizations has it, such as <c>ACTIVE</c> or <c>SUSPENDED</c>.</summary>
    public string Status { get; init; } = Active;

    public string? Email { get; init; }

    /// <summary>Path from below the root, such as <c>Workloads/Prod</c>; <c>Root</c> for an account in no unit; null where it was not read.</summary>
    public string? OrganizationalUnit { get; init; }

    /// <summary>The role to assume there, where it is not the usual one.</summary>
    public string? Role { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether AWS has closed it to everybody. An unknown status is not held against an account.</summary>
    public bool IsSuspended => Status is "SUSPENDED" or "PENDING_CLOSURE" or "CLOSED";
}
