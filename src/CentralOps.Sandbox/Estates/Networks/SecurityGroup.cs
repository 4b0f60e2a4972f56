namespace CentralOps.Sandbox.Estates.Networks;

/// <summary>A security group of a VPC.</summary>
internal sealed record SecurityGroup(string Id, string Name, string Description, string VpcId)
{
    public IReadOnlyList<SecurityGroupRule> Rules { get; init; } = [];

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>
/// One rule: a protocol, a port range and one peer. Protocol <c>-1</c> is all of them, and then both ports are -1.
/// </summary>
internal sealed record SecurityGroupRule(string Id, string Protocol, int FromPort, int ToPort, RulePeer Peer)
{
    public bool Egress { get; init; }

    public string Description { get; init; } = "";
}

/// <summary>Whom a rule is about; exactly one member is set.</summary>
internal sealed record RulePeer
{
    public string? CidrV4 { get; init; }

    public string? CidrV6 { get; init; }

    public string? GroupId { get; init; }

    public static RulePeer Everyone { get; } = new() { CidrV4 = "0.0.0.0/0" };

    public static RulePeer Of(string groupIdOrCidr) => groupIdOrCidr switch
    {
        _ when groupIdOrCidr.StartsWith("sg-", StringComparison.Ordinal) => new() { GroupId = groupIdOrCidr },
        _ when groupIdOrCidr.Contains(':', StringComparison.Ordinal) => new() { CidrV6 = groupIdOrCidr },
        _ => new() { CidrV4 = groupIdOrCidr },
    };
}
