using System.Net;
using System.Net.Sockets;

namespace CentralOps.Tools.Finding;

/// <summary>How something is looked for, the cheapest way first: what its text tells narrows where is looked, and what AWS can filter by narrows what is read.</summary>
/// <param name="Ways">Asked at the same time. None where there is no way to look, or the text tells all.</param>
/// <param name="NotLooked">Where else it might be that is not looked at, in sentences.</param>
internal sealed record FindPlan(string Kind, IReadOnlyList<Lookup> Ways, params IReadOnlyList<string> NotLooked)
{
    private const string Interfaces = "Network interfaces are looked at through EC2 instances only: load balancers, NAT gateways, databases, Lambda functions and interfaces that nothing uses have addresses too.";
    private const string Names = "Looked at were buckets, Lambda functions, RDS instances and clusters, ECS and EKS clusters and EC2 instances' Name tags; other services' resources have names too.";
    private const string Hosts = "Route 53, CloudFront, API Gateway and load balancers are not looked at.";

    /// <summary>What the text tells by itself; null where nothing.</summary>
    public ResourceArn? Arn { get; init; }

    public static FindPlan Of(Wanted wanted) => wanted switch
    {
        Wanted.OfAccount => new FindPlan("account", []),
        Wanted.Arn { Of: var arn } => OfArn(arn),
        Wanted.Address { Of: var address } => OfAddress(address),
        Wanted.Id id => OfId(id.Prefix, id.Text),
        Wanted.Host host => HostNames.PlanOf(host.Name) ?? new FindPlan("host", BucketNamed(host.Name), Hosts),
        Wanted.Named named => OfName(named.Name),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static FindPlan OfAddress(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return new FindPlan("ip_address", [Lookups.Instance("network-interface.ipv6-addresses.ipv6-address", address.ToString())], Interfaces);
        }

        var text = address.ToString();
        var inside = Lookups.Instance("network-interface.addresses.private-ip-address", text);

        // A network may use public ranges inside, but no private address is met outside.
        return new FindPlan("ip_address", IsPrivate(address) ? [inside] : [Lookups.Instance("ip-address", text) with { IsUnique = true }, inside], Interfaces);
    }

    private static FindPlan OfId(string prefix, string id) => prefix switch
    {
        "i" => new FindPlan("id", [Lookups.InstanceId(id)]),
        "vpc" => new FindPlan("id", [Lookups.Vpc(id)]),
        "sg" => new FindPlan("id", [Lookups.SecurityGroup(id)]),
        "subnet" => new FindPlan("id", [Lookups.Subnet(id)]),
        "eni" => new FindPlan("id", [Lookups.OfInstance(FoundKind.Interface, "network-interface.network-interface-id", id)], Interfaces),
        "vol" => new FindPlan("id", [Lookups.OfInstance(FoundKind.Volume, "block-device-mapping.volume-id", id)], "Volumes are looked at through EC2 instances only: one that is attached to none is not found."),
        _ => new FindPlan("id", [], $"There is no way here to look for an id of the kind {prefix}-: it would take an operation that no tool declares."),
    };

    private static FindPlan OfArn(ResourceArn arn)
    {
        var (type, name) = (arn.Type, arn.Name);
        IReadOnlyList<Lookup> lookups = (arn.Service, type) switch
        {
            ("ec2", "instance" or "vpc" or "security-group" or "subnet" or "network-interface" or "volume") when name.LastIndexOf('-') is > 0 and var hyphen => OfId(name[..hyphen], name).Ways,
            ("s3", _) => BucketNamed(name.Split('/')[0]),
            ("lambda", "function") => [Lookups.Function(name.Split(':')[0])],
            ("rds", "db") => [Lookups.Database(name)],
            ("rds", "cluster") => [Lookups.DatabaseCluster(name)],
            ("ecs", "cluster") => [Lookups.EcsCluster(name)],
            ("ecs", "service") when name.Split('/') is [var cluster, var service] => [Lookups.EcsService(cluster, service)],
            ("eks", "cluster") => [Lookups.EksCluster(name)],
            _ => [],
        };
        var place = new LookupPlace(arn.Account?.ToString(), arn.Region?.Text);
        return new FindPlan("arn", [.. lookups.Select(lookup => lookup with { Place = place, IsUnique = true })]) { Arn = arn };
    }

    private static FindPlan OfName(string name)
    {
        var lookups = new List<Lookup>(BucketNamed(name));
        if (name.Length <= 64 && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            lookups.Add(Lookups.Function(name));
            lookups.Add(Lookups.EcsCluster(name));
            lookups.Add(Lookups.EksCluster(name));
        }

        if (name.Length <= 63 && char.IsAsciiLetter(name[0]) && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-'))
        {
            lookups.Add(Lookups.Database(name));
            lookups.Add(Lookups.DatabaseCluster(name));
        }

        lookups.Add(Lookups.Instance("tag:Name", name));
        return new FindPlan("name", lookups, Names);
    }

    private static IReadOnlyList<Lookup> BucketNamed(string name) =>
        name.Length is >= 3 and <= 63 && name.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '.') ? [Lookups.Bucket(name)] : [];

    // RFC 1918, RFC 6598 and link-local.
    private static bool IsPrivate(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return (bytes[0], bytes[1]) is (10, _) or (172, >= 16 and <= 31) or (192, 168) or (100, >= 64 and <= 127) or (169, 254) or (127, _);
    }
}
