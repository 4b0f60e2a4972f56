using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Ec2;

/// <summary>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html</summary>
internal sealed class DescribeEc2Instances : ListingTool
{
    public override string Name => "describe_ec2_instances";

    public override string Subject => "ec2";

    private protected override string Description =>
        "Describe EC2 instances in one AWS account and region: type, state, addresses, network, launch time and tags. Read-only.";

    private protected override string Example =>
        """{"account_id": "222222222222", "region": "us-east-1", "filters": [{"Name": "instance-state-name", "Values": ["running"]}]}""";

    private protected override IReadOnlyList<Argument> Own { get; } =
    [
        new TextsArgument("instance_ids", "Only these instances, such as i-0123456789abcdef0.", maxCount: 1000) { Member = "InstanceIds", MaxLength = 64, ExcludesPageSize = true },
        new FiltersArgument("EC2", "instance-state-name", "running"),
    ];

    private protected override Resource Resource { get; } = new("instance", "ec2:DescribeInstances", "Reservations.Instances")
    {
        Fields =
        [
            Field.Value("InstanceId"),
            Field.Value("InstanceType"),
            Field.Value("State.Name", "State"),
            Field.Value("PrivateIpAddress"),
            Field.Value("PublicIpAddress"),
            Field.Value("LaunchTime"),
            Field.Value("Placement.AvailabilityZone"),
            Field.Value("VpcId"),
            Field.Value("SubnetId"),
            Field.TagMap("Tags"),
        ],
        PageSize = (5, 1000),
        Words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["State"] = "pending, running, shutting-down, terminated, stopping or stopped.",
            ["LaunchTime"] = "ISO 8601, UTC.",
        },
    };
}
