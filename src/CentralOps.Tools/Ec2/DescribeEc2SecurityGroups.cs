using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Ec2;

/// <summary>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html</summary>
internal sealed class DescribeEc2SecurityGroups : ListingTool
{
    public override string Name => "describe_ec2_security_groups";

    public override string Subject => "ec2";

    private protected override string Description =>
        "Describe EC2 security groups in one AWS account and region with their inbound and outbound rules. Read-only.";

    private protected override string Example =>
        """{"account_id": "222222222222", "region": "us-east-1", "filters": [{"Name": "ip-permission.cidr", "Values": ["0.0.0.0/0"]}]}""";

    private protected override IReadOnlyList<Argument> Own { get; } =
    [
        new TextsArgument("group_ids", "Only these security groups, such as sg-0123456789abcdef0.", maxCount: 1000) { Member = "GroupIds", MaxLength = 64, ExcludesPageSize = true },
        new FiltersArgument("EC2", "vpc-id", "vpc-0123456789abcdef0"),
    ];

    private protected override Resource Resource { get; } = new("security_group", "ec2:DescribeSecurityGroups", "SecurityGroups")
    {
        Fields =
        [
            Field.Value("GroupId"),
            Field.Value("GroupName"),
            Field.Value("Description"),
            Field.Value("VpcId"),
            Field.Value("OwnerId"),
            Field.Value("IpPermissions"),
            Field.Value("IpPermissionsEgress"),
            Field.TagMap("Tags"),
        ],
        PageSize = (5, 1000),
        Words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["IpPermissions"] = "Inbound rules; IpProtocol -1 means all protocols and ports.",
            ["IpPermissionsEgress"] = "Outbound rules.",
        },
    };
}
