namespace CentralOps.Sandbox.Estates;

/// <summary>An EC2 instance. Network members are null once it is terminated, as AWS lets them go.</summary>
internal sealed record Instance
{
    public required string Id { get; init; }

    public required string ReservationId { get; init; }

    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string AvailabilityZone { get; init; }

    public required InstanceState State { get; init; }

    public required InstanceHardware Hardware { get; init; }

    public required string ImageId { get; init; }

    public required DateTimeOffset LaunchedAt { get; init; }

    public required int LaunchIndex { get; init; }

    public required string KeyName { get; init; }

    public required string ClientToken { get; init; }

    public InstanceNetwork? Network { get; init; }

    public bool Windows { get; init; }

    public bool Spot { get; init; }

    public bool Monitored { get; init; }

    public string? ProfileName { get; init; }

    /// <summary>The script that it was launched with, which may hold secrets; null where there was none.</summary>
    public string? UserData { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

internal sealed record InstanceHardware(string Type, string Architecture, int Cores, int ThreadsPerCore)
{
    /// <summary>What a type such as <c>m7g.large</c> stands for; sizes that are not known count as large ones.</summary>
    public static InstanceHardware Of(string type)
    {
        var dot = type.IndexOf('.', StringComparison.Ordinal);
        var graviton = type.AsSpan(0, dot).Contains('g') && !type.StartsWith('g');
        var cores = type.AsSpan(dot + 1) switch
        {
            "micro" or "medium" or "large" => 1,
            "xlarge" => 2,
            "2xlarge" => 4,
            _ => 8,
        };
        return new InstanceHardware(type, graviton ? "arm64" : "x86_64", graviton ? cores * 2 : cores, graviton ? 1 : 2);
    }
}

internal sealed record InstanceNetwork(
    string VpcId, string SubnetId, string InterfaceId, string MacAddress, string PrivateIp, string? PublicIp, string GroupId, string GroupName);

/// <summary>A state with AWS's code and name for it.</summary>
internal sealed record InstanceState(int Code, string Name)
{
    public static readonly InstanceState Pending = new(0, "pending");
    public static readonly InstanceState Running = new(16, "running");
    public static readonly InstanceState ShuttingDown = new(32, "shutting-down");
    public static readonly InstanceState Terminated = new(48, "terminated");
    public static readonly InstanceState Stopping = new(64, "stopping");
    public static readonly InstanceState Stopped = new(80, "stopped");

    public static IReadOnlyList<InstanceState> All { get; } = [Pending, Running, ShuttingDown, Terminated, Stopping, Stopped];
}
