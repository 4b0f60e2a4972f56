using System.Collections.Frozen;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Estates;

/// <summary>An AWS account of the organization.</summary>
internal sealed record Account
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    /// <summary>Id of the root or organizational unit that holds it.</summary>
    public required string ParentId { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    public AccountStatus Status { get; init; }

    public bool Invited { get; init; }

    /// <summary>Whether the way in, <c>CentralOpsTargetRole</c>, was rolled out to it.</summary>
    public bool HasTargetRole { get; init; } = true;

    /// <summary>The regions that need opting in and are switched on for this account.</summary>
    public FrozenSet<string> OptedInRegions { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Who may come in by it; null for the usual trust.</summary>
    public PolicyDocument? TargetTrust { get; init; }

    /// <summary>What it may do; null for the usual reading.</summary>
    public PolicyDocument? TargetPermissions { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>A tag's value, or an empty text.</summary>
    public string Tag(string key) => Tags.FirstOrDefault(tag => string.Equals(tag.Key, key, StringComparison.Ordinal)).Value ?? "";
}

internal enum AccountStatus
{
    Active,
    Suspended,
}

/// <summary>A resource tag.</summary>
internal readonly record struct Tag(string Key, string Value);

/// <summary>An organizational unit; <see cref="ParentId"/> is the root's id or another unit's.</summary>
internal sealed record OrganizationalUnit(string Id, string Name, string ParentId)
{
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
