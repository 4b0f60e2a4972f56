namespace CentralOps.Sandbox.Estates.Networks;

/// <summary>A VPC with one IPv4 range.</summary>
internal sealed record Vpc(string Id, string Cidr, bool IsDefault)
{
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>A subnet; a public one gives its instances public addresses.</summary>
internal sealed record Subnet(string Id, string VpcId, string Zone, string Cidr, bool Public)
{
    /// <summary>Of the zone in a default VPC.</summary>
    public bool IsDefault { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
