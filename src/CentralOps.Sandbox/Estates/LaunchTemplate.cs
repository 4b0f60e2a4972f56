namespace CentralOps.Sandbox.Estates;

/// <summary>An EC2 launch template; versions count from 1, the last is the latest.</summary>
internal sealed record LaunchTemplate(string Id, string Name, IReadOnlyList<LaunchTemplateVersion> Versions)
{
    public int DefaultVersion { get; init; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>One version; the user data, a script, may hold secrets.</summary>
internal sealed record LaunchTemplateVersion(int Number, string ImageId, string InstanceType, DateTimeOffset CreatedAt)
{
    public string? Description { get; init; }

    public string? UserData { get; init; }

    public string? ProfileName { get; init; }

    public IReadOnlyList<string> GroupIds { get; init; } = [];
}
