using System.Globalization;

namespace CentralOps.Sandbox.Estates;

/// <summary>The VPC of an account in a region: a /16 of 10.0.0.0/8, one subnet a zone, one security group a workload.</summary>
internal sealed class NetworkPlan
{
    private readonly ulong _seed;
    private readonly string _account;
    private readonly string _region;
    private readonly string _vpcId;
    private readonly int _second;
    private readonly HashSet<int> _taken = [];

    public NetworkPlan(ulong seed, string account, string region)
    {
        (_seed, _account, _region) = (seed, account, region);
        var dice = new Dice(seed, "vpc", account, region);
        _vpcId = "vpc-0" + dice.Hex(16);
        _second = dice.Roll(256);
    }

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
            _vpcId,
            "subnet-0" + new Dice(_seed, "subnet", _account, zone).Hex(16),
            "eni-0" + dice.Hex(16),
            string.Create(CultureInfo.InvariantCulture, $"0a:{dice.Hex(2)}:{dice.Hex(2)}:{dice.Hex(2)}:{dice.Hex(2)}:{dice.Hex(2)}"),
            string.Create(CultureInfo.InvariantCulture, $"10.{_second}.{third + (host >> 8)}.{host & 255}"),
            // 198.18.0.0/15 is reserved for benchmarks (RFC 2544): looks public, reaches nobody.
            workload.Public && running ? string.Create(CultureInfo.InvariantCulture, $"198.{18 + dice.Roll(2)}.{dice.Roll(256)}.{1 + dice.Roll(254)}") : null,
            "sg-0" + new Dice(_seed, "group", _account, _region, workload.Name).Hex(16),
            workload.Name + "-sg");
    }
}
