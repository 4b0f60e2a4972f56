using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Rds;

internal sealed class DescribeDBClusters(Estate estate, PageTokens tokens) : RdsList(estate, tokens)
{
    public override string Name => "DescribeDBClusters";

    protected override string Member => "DBClusters";

    protected override string Identifier => "DBClusterIdentifier";

    protected override string Kind => "cluster";

    protected override IEnumerable<JsonObject> Items(RegionResources resources, OperationCall call) =>
        resources.DatabaseClusters.Select(cluster => ClusterShape.Of(cluster, call.Caller.AccountId, call.Region));

    protected override IReadOnlyList<string>? Filter(string name) => name switch
    {
        "clone-group-id" => ["CloneGroupId"],
        "db-cluster-id" => ["DBClusterIdentifier", "DBClusterArn"],
        "db-cluster-resource-id" => ["DbClusterResourceId"],
        "domain" => ["Domain"],
        "engine" => ["Engine"],
        _ => null,
    };

    protected override ServiceError NotFound(string id) => new("DBClusterNotFoundFault", $"DBCluster {id} not found.", 404);
}
