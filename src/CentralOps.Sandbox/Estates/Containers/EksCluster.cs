namespace CentralOps.Sandbox.Estates.Containers;

/// <summary>An EKS cluster.</summary>
internal sealed record EksCluster(string Name)
{
    public string Version { get; init; } = "1.33";

    public string Status { get; init; } = "ACTIVE";

    public bool PublicEndpoint { get; init; } = true;

    public bool SecretsEncrypted { get; init; }

    public IReadOnlyList<string> LogTypes { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public string? VpcId { get; init; }

    public IReadOnlyList<string> SubnetIds { get; init; } = [];

    public string? GroupId { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
