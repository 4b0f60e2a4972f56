namespace CentralOps.Sandbox.Estates.Containers;

/// <summary>An ECS cluster with its services.</summary>
internal sealed record EcsCluster(string Name)
{
    public string Status { get; init; } = "ACTIVE";

    public bool ContainerInsights { get; init; }

    public IReadOnlyList<EcsService> Services { get; init; } = [];

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>An ECS service; it runs tasks of one task definition, named <c>family:revision</c>.</summary>
internal sealed record EcsService(string Name, string TaskDefinition)
{
    public string Status { get; init; } = "ACTIVE";

    /// <summary><c>FARGATE</c>, <c>EC2</c> or <c>EXTERNAL</c>.</summary>
    public string LaunchType { get; init; } = "FARGATE";

    public string SchedulingStrategy { get; init; } = "REPLICA";

    public int DesiredCount { get; init; } = 1;

    public int RunningCount { get; init; } = 1;

    public int PendingCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<string> SubnetIds { get; init; } = [];

    public IReadOnlyList<string> GroupIds { get; init; } = [];

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
