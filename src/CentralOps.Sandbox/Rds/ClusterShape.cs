using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Databases;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Rds;

/// <summary>AWS's structure <c>DBCluster</c>.</summary>
internal static class ClusterShape
{
    public static JsonObject Of(DatabaseCluster cluster, string account, string region)
    {
        var shape = new JsonObject
        {
            ["DBClusterIdentifier"] = cluster.Id,
            ["DBClusterArn"] = $"arn:aws:rds:{region}:{account}:cluster:{cluster.Id}",
            ["DbClusterResourceId"] = "cluster-" + new Dice(0, "dbc", account, region, cluster.Id).Base32(26),
            ["Status"] = cluster.Status,
            ["Engine"] = cluster.Engine.Name,
            ["EngineVersion"] = cluster.Engine.Version,
            ["EngineMode"] = "provisioned",
            ["DatabaseName"] = cluster.DatabaseName,
            ["MasterUsername"] = cluster.MasterUser,
            ["Endpoint"] = Endpoints.Of(cluster.Id, account, region, "cluster-"),
            ["ReaderEndpoint"] = Endpoints.Of(cluster.Id, account, region, "cluster-ro-"),
            ["Port"] = cluster.Engine.Port,
            ["MultiAZ"] = cluster.MemberIds.Count > 1,
            ["AvailabilityZones"] = JsonList.Of(cluster.Zones),
            ["DBClusterMembers"] = JsonList.Of(cluster.MemberIds, id => new JsonObject
            {
                ["DBInstanceIdentifier"] = id,
                ["IsClusterWriter"] = string.Equals(id, cluster.MemberIds[0], StringComparison.Ordinal),
                ["DBClusterParameterGroupStatus"] = "in-sync",
                ["PromotionTier"] = 1,
            }),
            ["VpcSecurityGroups"] = DatabaseShape.Groups(cluster.GroupId),
            ["AllocatedStorage"] = 1,
            ["StorageEncrypted"] = true,
            ["KmsKeyId"] = DatabaseShape.KmsKey(account, region),
            ["BackupRetentionPeriod"] = cluster.BackupDays,
            ["PreferredBackupWindow"] = "03:00-03:30",
            ["PreferredMaintenanceWindow"] = "sun:04:00-sun:04:30",
            ["DeletionProtection"] = cluster.DeletionProtection,
            ["ClusterCreateTime"] = cluster.CreatedAt.UtcDateTime,
            ["IAMDatabaseAuthenticationEnabled"] = false,
            ["HttpEndpointEnabled"] = false,
            ["TagList"] = JsonList.Of(cluster.Tags),
        };
        if (cluster.ManagedPassword)
        {
            shape["MasterUserSecret"] = DatabaseShape.MasterUserSecret(account, region, "cluster-" + cluster.Id);
        }

        return shape;
    }
}
