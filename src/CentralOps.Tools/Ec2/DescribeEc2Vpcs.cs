using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Ec2;

/// <summary>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html</summary>
internal sealed class DescribeEc2Vpcs : ListingTool
{
    public override string Name => "describe_ec2_vpcs";

    public override string Subject => "ec2";

    private protected override string Description =>
        "Describe VPCs in one AWS account and region: address ranges, state, whether it is the default VPC, owner and tags. Read-only.";

    private protected override string Example =>
        """{"account_id": "222222222222", "region": "us-east-1", "filters": [{"Name": "is-default", "Values": ["false"]}]}""";

    private protected override IReadOnlyList<Argument> Own { get; } =
    [
        new TextsArgument("vpc_ids", "Only these VPCs, such as vpc-0123456789abcdef0.", maxCount: 1000) { Member = "VpcIds", MaxLength = 64, ExcludesPageSize = true },
        new FiltersArgument("EC2", "is-default", "true"),
    ];

    private protected override Resource Resource { get; } = new("vpc", "ec2:DescribeVpcs", "Vpcs")
    {
        Fields =
        [
            Field.Value("VpcId"),
            Field.Value("CidrBlock"),
            Field.Value("State"),
            Field.Value("IsDefault"),
            Field.Value("OwnerId"),
            Field.Value("InstanceTenancy"),
            Field.Value("DhcpOptionsId"),
            Field.Value("CidrBlockAssociationSet"),
            Field.Value("Ipv6CidrBlockAssociationSet"),
            Field.TagMap("Tags"),
        ],
        PageSize = (5, 1000),
        Words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["State"] = "pending or available.",
            ["OwnerId"] = "The account that owns the VPC; another one where it is shared.",
        },
    };
}
