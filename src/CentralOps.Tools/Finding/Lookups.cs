using System.Text.Json;
using CentralOps.Tools.Ec2;
using CentralOps.Tools.Ecs;
using CentralOps.Tools.Eks;
using CentralOps.Tools.Lambda;
using CentralOps.Tools.Rds;
using CentralOps.Tools.S3;

namespace CentralOps.Tools.Finding;

/// <summary>The ways to look for each kind of resource. Nothing is listed where AWS has a filter.</summary>
internal static class Lookups
{
    private static readonly DescribeEc2Instances Instances = new();
    private static readonly DescribeEc2Vpcs Vpcs = new();
    private static readonly DescribeEc2SecurityGroups Groups = new();
    private static readonly DescribeSubnets Subnets = new();
    private static readonly ListS3Buckets Buckets = new();
    private static readonly GetLambdaFunction Functions = new();
    private static readonly DescribeRdsInstances Databases = new();
    private static readonly DescribeRdsClusters DatabaseClusters = new();
    private static readonly ListEcsClusters EcsClusters = new();
    private static readonly ListEcsServices EcsServices = new();
    private static readonly DescribeEksClusters EksClusters = new();

    private static readonly string[] AskInstances = ["ec2:DescribeInstances"];
    private static readonly string[] AskVpcs = ["ec2:DescribeVpcs"];
    private static readonly string[] AskGroups = ["ec2:DescribeSecurityGroups"];
    private static readonly string[] AskSubnets = ["ec2:DescribeSubnets"];
    private static readonly string[] AskBuckets = ["s3:ListBuckets"];
    private static readonly string[] AskFunctions = ["lambda:GetFunction"];
    private static readonly string[] AskDatabases = ["rds:DescribeDBInstances"];
    private static readonly string[] AskDatabaseClusters = ["rds:DescribeDBClusters"];
    private static readonly string[] AskEcsClusters = ["ecs:DescribeClusters"];
    private static readonly string[] AskEcsServices = ["ecs:DescribeServices"];
    private static readonly string[] AskEksClusters = ["eks:DescribeCluster"];
    private static readonly string[] AskAllEksClusters = ["eks:DescribeCluster", "eks:ListClusters"];

    /// <summary>Every operation that some way asks.</summary>
    public static IReadOnlyList<string> Operations { get; } =
    [
        .. AskInstances, .. AskVpcs, .. AskGroups, .. AskSubnets, .. AskBuckets, .. AskFunctions, .. AskDatabases, .. AskDatabaseClusters, .. AskEcsClusters, .. AskEcsServices, .. AskAllEksClusters,
        AccountTool.RegionsOperation,
    ];

    /// <param name="filter">Of DescribeInstances.</param>
    public static Lookup Instance(string filter, string value) => new(FoundKind.Instance, Instances, AskInstances, Filter(filter, value), static _ => true);

    public static Lookup OfInstance(FoundKind kind, string filter, string id) => new(kind, Instances, AskInstances, Filter(filter, id), static _ => true) { IsUnique = true, Attached = id };

    public static Lookup InstanceId(string id) => Instance("instance-id", id) with { Is = Has("InstanceId", id), IsUnique = true };

    public static Lookup Vpc(string id) => new(FoundKind.Vpc, Vpcs, AskVpcs, Filter("vpc-id", id), Has("VpcId", id)) { IsUnique = true };

    public static Lookup SecurityGroup(string id) => new(FoundKind.SecurityGroup, Groups, AskGroups, Filter("group-id", id), Has("GroupId", id)) { IsUnique = true };

    public static Lookup Subnet(string id) => new(FoundKind.Subnet, Subnets, AskSubnets, Filter("subnet-id", id), Has("SubnetId", id)) { IsUnique = true };

    public static Lookup Bucket(string name) => new(FoundKind.Bucket, Buckets, AskBuckets, Member("prefix", name), Has("Name", name)) { IsUnique = true };

    public static Lookup Function(string name) => new(FoundKind.Function, Functions, AskFunctions, Member("function_name", name), Has("FunctionName", name));

    public static Lookup Database(string name) => new(FoundKind.Database, Databases, AskDatabases, Filter("db-instance-id", name), Has("DBInstanceIdentifier", name, StringComparison.OrdinalIgnoreCase));

    public static Lookup DatabaseCluster(string name) =>
        new(FoundKind.DatabaseCluster, DatabaseClusters, AskDatabaseClusters, Filter("db-cluster-id", name), Has("DBClusterIdentifier", name, StringComparison.OrdinalIgnoreCase));

    public static Lookup EcsCluster(string name) => new(FoundKind.EcsCluster, EcsClusters, AskEcsClusters, Members("clusters", name), Has("clusterName", name));

    public static Lookup EcsService(string cluster, string name) =>
        new(FoundKind.EcsService, EcsServices, AskEcsServices, $"{Member("cluster", cluster)},{Members("services", name)}", Has("serviceName", name));

    public static Lookup EksCluster(string name) => new(FoundKind.EksCluster, EksClusters, AskEksClusters, Members("names", name), Has("name", name));

    /// <summary>AWS has no filter for it: all clusters of a region are looked at.</summary>
    public static Lookup EksEndpoint(string host) => new(FoundKind.EksCluster, EksClusters, AskAllEksClusters, "", Has("endpoint", $"https://{host}", StringComparison.OrdinalIgnoreCase)) { IsUnique = true };

    private static Func<JsonElement, bool> Has(string member, string value, StringComparison comparison = StringComparison.Ordinal) =>
        item => item.TryGetProperty(member, out var found) && found.ValueKind == JsonValueKind.String && string.Equals(found.GetString(), value, comparison);

    private static string Filter(string name, string value) => $$"""
        "filters":[{"Name":{{Text(name)}},"Values":[{{Text(value)}}]}]
        """;

    private static string Member(string name, string value) => $"{Text(name)}:{Text(value)}";

    private static string Members(string name, string value) => $"{Text(name)}:[{Text(value)}]";

    private static string Text(string value) => $"\"{JsonEncodedText.Encode(value)}\"";
}
