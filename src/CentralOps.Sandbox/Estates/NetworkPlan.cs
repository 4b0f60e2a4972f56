using System.Globalization;

namespace CentralOps.Sandbox.Estates;

/// <summary>
/// How the VPC of an account in a region is laid out: a /16 of 10.0.0.0/8, a /20 for each of three zones, security groups by name;
/// and which addresses are taken.
/// </summary>
internal sealed class NetworkPlan
{
    private readonly ulong _seed;
    private readonly string _account;
    private readonly string _region;
    private readonly int _second;
    private readonly HashSet<int> _taken = [];

    public NetworkPlan(ulong seed, string account, string region)
    {
        (_seed, _account, _region) = (seed, account, region);
        var dice = new Dice(seed, "vpc", account, region);
        VpcId = "vpc-0" + dice.Hex(16);
        _second = dice.Roll(256);
    }

    public string VpcId { get; }

    public string Cidr => Range(0, 16);

    /// <summary>The three zones that are used.</summary>
    public IReadOnlyList<string> Zones => [_region + "a", _region + "b", _region + "c"];

    /// <param name="zone">Such as <c>us-east-1a</c>.</param>
    /// <param name="tier">Empty for where instances are, or another name.</param>
    public string SubnetId(string zone, string tier = "") => "subnet-0" + new Dice(_seed, tier + "subnet", _account, zone).Hex(16);

    /// <param name="zone">Counted by its letter.</param>
    /// <param name="tier">0 for where instances are.</param>
    public string SubnetCidr(string zone, int tier) => Range((((tier * 3) + zone[^1]) - 'a') * 16, 20);

    public string GroupId(string name) => "sg-0" + new Dice(_seed, "group", _account, _region, name).Hex(16);

    public InstanceNetwork Attach(Dice dice, string zone, Workload workload, bool running)
    {
        var third = (zone[^1] - 'a') * 16;
        var host = dice.Roll(4000);
        while (!_taken.Add((third << 12) | host))
        {
            host = (host + 1) % 4000;
        }

        // The first four addresses of a subnet are AWS's.
        host += 4;
        return new InstanceNetwork(
            VpcId,
            SubnetId(zone),
            "eni-0" + dice.Hex(16),
            string.Create(CultureInfo.InvariantCulture, $"0a:{dice.Hex(2)}:{dice.Hex(2)}:{dice.Hex(2)}:{dice.Hex(2)}:{dice.Hex(2)}"),
            string.Create(CultureInfo.InvariantCulture, $"10.{_second}.{third + (host >> 8)}.{host & 255}"),
            // 198.18.0.0/15 is reserved for benchmarks (RFC 2544): looks public, reaches nobody.
            workload.Public && running ? string.Create(CultureInfo.InvariantCulture, $"198.{18 + dice.Roll(2)}.{dice.Roll(256)}.{1 + dice.Roll(254)}") : null,
            GroupId(workload.Name),
            workload.Name + "-sg");
    }

    private string Range(int third, int length) => string.Create(CultureInfo.InvariantCulture, $"10.{_second}.{third}.0/{length}");
}
