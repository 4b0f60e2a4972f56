using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Estates.Functions;

/// <summary>A Lambda function that can be described; it has no program here, so it is not run.</summary>
internal sealed record LambdaFunction
{
    public required string Name { get; init; }

    /// <summary>Null for a container image.</summary>
    public string? Runtime { get; init; } = "python3.13";

    public string Handler { get; init; } = "app.handler";

    public string Description { get; init; } = "";

    public required string RoleArn { get; init; }

    public int MemoryMb { get; init; } = 128;

    public int TimeoutSeconds { get; init; } = 3;

    public string Architecture { get; init; } = "x86_64";

    public required DateTimeOffset ModifiedAt { get; init; }

    public int CodeBytes { get; init; } = 4096;

    /// <summary>Values among them that are secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public int? ReservedConcurrency { get; init; }

    public string? VpcId { get; init; }

    public IReadOnlyList<string> SubnetIds { get; init; } = [];

    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>The resource policy; null where there is none.</summary>
    public PolicyDocument? Policy { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
