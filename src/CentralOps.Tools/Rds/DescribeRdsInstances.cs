using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Rds;

/// <summary>https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html</summary>
internal sealed class DescribeRdsInstances : ListingTool
{
    public override string Name => "describe_rds_instances";

    public override string Subject => "rds";

    private protected override string Description =>
        "Describe RDS database instances in one AWS account and region: engine, version, class, state, endpoint, storage, encryption, exposure, tags. Read-only.";

    private protected override string Example =>
        """{"account_id": "222222222222", "region": "us-east-1", "filters": [{"Name": "engine", "Values": ["postgres"]}]}""";

    private protected override IReadOnlyList<Argument> Own { get; } =
    [
        new TextArgument("db_instance_identifier", "Only this DB instance: its identifier or ARN.") { Member = "DBInstanceIdentifier", MaxLength = 255 },
        new FiltersArgument("RDS", "engine", "postgres"),
    ];

    private protected override Resource Resource { get; } = new("db_instance", "rds:DescribeDBInstances", "DBInstances")
    {
        Fields =
        [
            Field.Value("DBInstanceIdentifier"),
            Field.Value("DBInstanceClass"),
            Field.Value("Engine"),
            Field.Value("EngineVersion"),
            Field.Value("DBInstanceStatus"),
            Field.Value("Endpoint.Address", "EndpointAddress"),
            Field.Value("Endpoint.Port", "EndpointPort"),
            Field.Value("DBClusterIdentifier"),
            Field.Value("AvailabilityZone"),
            Field.Value("MultiAZ"),
            Field.Value("PubliclyAccessible"),
            Field.Value("StorageEncrypted"),
            Field.Value("StorageType"),
            Field.Value("AllocatedStorage"),
            Field.Value("BackupRetentionPeriod"),
            Field.Value("DeletionProtection"),
            Field.Value("DBSubnetGroup.VpcId", "VpcId"),
            Field.Value("InstanceCreateTime"),
            Field.Value("DBInstanceArn"),
            Field.TagMap("TagList", "Tags"),
        ],
        PageSize = (20, 100),
        Words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AllocatedStorage"] = "GiB.",
            ["BackupRetentionPeriod"] = "Days; 0 means no automated backups.",
            ["DBClusterIdentifier"] = "The Aurora or Multi-AZ cluster that it is a member of.",
        },
    };
}
