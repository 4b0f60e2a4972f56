using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Finding;

/// <summary>
/// Subnets, for who looks for one; no tool of its own.
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html
/// </summary>
internal sealed class DescribeSubnets : ListingTool
{
    public override string Name => "describe_subnets";

    public override string Subject => "ec2";

    private protected override string Description => "Describe subnets. Read-only.";

    private protected override string Example => """{"account_id": "222222222222"}""";

    private protected override IReadOnlyList<Argument> Own { get; } = [new FiltersArgument("EC2", "subnet-id", "subnet-0123456789abcdef0")];

    private protected override Resource Resource { get; } = new("subnet", "ec2:DescribeSubnets", "Subnets")
    {
        Fields =
        [
            Field.Value("SubnetId"),
            Field.Value("SubnetArn"),
            Field.Value("VpcId"),
            Field.Value("CidrBlock"),
            Field.Value("AvailabilityZone"),
            Field.Value("OwnerId"),
            Field.TagMap("Tags"),
        ],
        PageSize = (5, 1000),
    };
}
