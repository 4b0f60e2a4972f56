namespace CentralOps.Sandbox.Estates.Networks;

/// <summary>The VPCs of an account in a region with what they hold.</summary>
internal sealed record Network(IReadOnlyList<Vpc> Vpcs, IReadOnlyList<Subnet> Subnets, IReadOnlyList<SecurityGroup> Groups)
{
    public static Network Empty { get; } = new([], [], []);

    /// <summary>The subnets that things without a public address go into.</summary>
    public IReadOnlyList<Subnet> PrivateSubnets { get; } = [.. Subnets.Where(subnet => !subnet.Public)];

    public SecurityGroup? FindGroup(string name) => Groups.FirstOrDefault(group => string.Equals(group.Name, name, StringComparison.Ordinal));

    public SecurityGroup? FindGroupById(string id) => Groups.FirstOrDefault(group => string.Equals(group.Id, id, StringComparison.Ordinal));
}
