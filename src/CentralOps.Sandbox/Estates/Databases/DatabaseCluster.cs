namespace CentralOps.Sandbox.Estates.Databases;

/// <summary>An Aurora cluster; its members are DB instances that name it, the first of them writes.</summary>
internal sealed record DatabaseCluster
{
    public required string Id { get; init; }

    public required DatabaseEngine Engine { get; init; }

    public string Status { get; init; } = "available";

    public required string DatabaseName { get; init; }

    public string MasterUser { get; init; } = "admin";

    public bool ManagedPassword { get; init; } = true;

    public bool DeletionProtection { get; init; }

    public int BackupDays { get; init; } = 7;

    public required IReadOnlyList<string> MemberIds { get; init; }

    public required IReadOnlyList<string> Zones { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? GroupId { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
