using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Rds;

/// <summary>https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html</summary>
internal sealed class DescribeRdsClusters : ListingTool
{
    public override string Name => "describe_rds_clusters";

    public override string Subject => "rds";

    private protected override string Description =>
        "Describe Aurora and Multi-AZ RDS clusters in one AWS account and region: engine, version, state, endpoints, members, encryption, tags. Read-only.";

    private protected override string Example => """{"account_id": "222222222222", "region": "us-east-1"}""";

    private protected override IReadOnlyList<Argument> Own { get; } =
    [
        new TextArgument("db_cluster_identifier", "Only this DB cluster: its identifier or ARN.") { Member = "DBClusterIdentifier", MaxLength = 255 },
        new FiltersArgument("RDS", "engine", "aurora-postgresql"),
    ];

    private protected override Resource Resource { get; } = new("db_cluster", "rds:DescribeDBClusters", "DBClusters")
    {
        Fields =
        [
            Field.Value("DBClusterIdentifier"),
            Field.Value("Engine"),
            Field.Value("EngineVersion"),
            Field.Value("EngineMode"),
            Field.Value("Status"),
            Field.Value("Endpoint"),
            Field.Value("ReaderEndpoint"),
            Field.Value("Port"),
            Field.Value("MultiAZ"),
            Field.Value("StorageEncrypted"),
            Field.Value("BackupRetentionPeriod"),
            Field.Value("DeletionProtection"),
            Field.Value("AvailabilityZones"),
            Field.Value("DBClusterMembers"),
            Field.Value("ClusterCreateTime"),
            Field.Value("DBClusterArn"),
            Field.TagMap("TagList", "Tags"),
        ],
        PageSize = (20, 100),
        Words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["BackupRetentionPeriod"] = "Days.",
            ["Endpoint"] = "Where writes go.",
            ["ReaderEndpoint"] = "Where reads are spread over the replicas.",
        },
    };
}
