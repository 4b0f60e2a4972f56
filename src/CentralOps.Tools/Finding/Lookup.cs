using System.Text.Json;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Finding;

/// <summary>One way to look for a resource: a tool's question that is as narrow as AWS lets it be, and which of the items it answers is meant.</summary>
/// <param name="Kind">What the resources are.</param>
/// <param name="Arguments">The tool's own, as members of a JSON object.</param>
/// <param name="Operations">What of the tool's operations that takes, the telling one first.</param>
/// <param name="Is">Whether an item is what is looked for; AWS's own narrowing is not taken for granted.</param>
internal sealed record Lookup(FoundKind Kind, AccountTool Tool, IReadOnlyList<string> Operations, string Arguments, Func<JsonElement, bool> Is)
{
    /// <summary>There is one such resource in all of AWS: who has found it need not look on.</summary>
    public bool IsUnique { get; init; }

    /// <summary>What is looked for itself, where the item is only what it is attached to.</summary>
    public string? Attached { get; init; }

    /// <summary>Where it has to be, when the text tells.</summary>
    public LookupPlace Place { get; init; }
}

/// <summary>Where something is, as far as its name tells.</summary>
internal readonly record struct LookupPlace(string? Account, string? Region);

/// <summary>A kind of resource, as it is told when it is found.</summary>
/// <param name="Type">Such as <c>ec2:instance</c>.</param>
/// <param name="Id">The member that identifies an item.</param>
/// <param name="Arn">The member with its ARN, or a pattern in which <c>{id}</c>, <c>{region}</c>, <c>{account}</c> and <c>{partition}</c> stand.</param>
/// <param name="Summary">Members that tell a person what it is.</param>
internal sealed record FoundKind(string Type, string Id, string Arn, params IReadOnlyList<string> Summary)
{
    public static FoundKind Instance { get; } = new(
        "ec2:instance", "InstanceId", "arn:{partition}:ec2:{region}:{account}:instance/{id}", "State", "InstanceType", "PrivateIpAddress", "PublicIpAddress", "VpcId", "SubnetId", "Tags");

    public static FoundKind Interface { get; } = new("ec2:network-interface", "InstanceId", "arn:{partition}:ec2:{region}:{account}:network-interface/{id}", "InstanceId", "VpcId", "SubnetId");

    public static FoundKind Volume { get; } = new("ec2:volume", "InstanceId", "arn:{partition}:ec2:{region}:{account}:volume/{id}", "InstanceId", "AvailabilityZone");

    public static FoundKind Vpc { get; } = new("ec2:vpc", "VpcId", "arn:{partition}:ec2:{region}:{account}:vpc/{id}", "CidrBlock", "State", "IsDefault", "OwnerId", "Tags");

    public static FoundKind SecurityGroup { get; } = new("ec2:security-group", "GroupId", "arn:{partition}:ec2:{region}:{account}:security-group/{id}", "GroupName", "Description", "VpcId", "Tags");

    public static FoundKind Subnet { get; } = new("ec2:subnet", "SubnetId", "SubnetArn", "CidrBlock", "VpcId", "AvailabilityZone", "OwnerId", "Tags");

    public static FoundKind Bucket { get; } = new("s3:bucket", "Name", "arn:{partition}:s3:::{id}", "BucketRegion", "CreationDate");

    public static FoundKind Function { get; } = new("lambda:function", "FunctionName", "FunctionArn", "Runtime", "State", "LastModified", "VpcId", "Tags");

    public static FoundKind Database { get; } = new("rds:db", "DBInstanceIdentifier", "DBInstanceArn", "Engine", "EngineVersion", "DBInstanceStatus", "EndpointAddress", "DBClusterIdentifier", "VpcId", "Tags");

    public static FoundKind DatabaseCluster { get; } = new("rds:cluster", "DBClusterIdentifier", "DBClusterArn", "Engine", "EngineVersion", "Status", "Endpoint", "Tags");

    public static FoundKind EcsCluster { get; } = new("ecs:cluster", "clusterName", "clusterArn", "status", "activeServicesCount", "runningTasksCount", "tags");

    public static FoundKind EcsService { get; } = new("ecs:service", "serviceName", "serviceArn", "status", "desiredCount", "runningCount", "clusterArn", "tags");

    public static FoundKind EksCluster { get; } = new("eks:cluster", "name", "arn", "status", "version", "endpoint", "tags");

    public bool HasOwnArn => !Arn.StartsWith("arn:", StringComparison.Ordinal);
}
