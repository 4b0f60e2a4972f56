using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Rds;

internal sealed class DescribeDBInstances(Estate estate, PageTokens tokens) : RdsList(estate, tokens)
{
    public override string Name => "DescribeDBInstances";

    protected override string Member => "DBInstances";

    protected override string Identifier => "DBInstanceIdentifier";

    protected override string Kind => "db";

    protected override IEnumerable<JsonObject> Items(RegionResources resources, OperationCall call) =>
        resources.DatabaseInstances.Select(instance => DatabaseShape.Of(instance, call.Caller.AccountId, call.Region));

    protected override IReadOnlyList<string>? Filter(string name) => name switch
    {
        "db-cluster-id" => ["DBClusterIdentifier"],
        "db-instance-id" => ["DBInstanceIdentifier", "DBInstanceArn"],
        "dbi-resource-id" => ["DbiResourceId"],
        "domain" => ["Domain"],
        "engine" => ["Engine"],
        _ => null,
    };

    protected override ServiceError NotFound(string id) => new("DBInstanceNotFound", $"DBInstance {id} not found.", 404);
}
