using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Databases;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Rds;

/// <summary>AWS's structure <c>DBInstance</c>.</summary>
internal static class DatabaseShape
{
    public static JsonObject Of(DatabaseInstance instance, string account, string region)
    {
        var shape = new JsonObject
        {
            ["DBInstanceIdentifier"] = instance.Id,
            ["DBInstanceArn"] = $"arn:aws:rds:{region}:{account}:db:{instance.Id}",
            ["DBInstanceClass"] = instance.Class,
            ["DBInstanceStatus"] = instance.Status,
            ["DbiResourceId"] = "db-" + new Dice(0, "dbi", account, region, instance.Id).Base32(26),
            ["Engine"] = instance.Engine.Name,
            ["EngineVersion"] = instance.Engine.Version,
            ["LicenseModel"] = instance.Engine.Name switch
            {
                "postgres" or "aurora-postgresql" => "postgresql-license",
                "oracle-se2" or "sqlserver-se" => "license-included",
                _ => "general-public-license",
            },
            ["MasterUsername"] = instance.MasterUser,
            ["DBName"] = instance.DatabaseName,
            ["DBClusterIdentifier"] = instance.ClusterId,
            ["Endpoint"] = new JsonObject
            {
                ["Address"] = Endpoints.Of(instance.Id, account, region),
                ["Port"] = instance.Engine.Port,
                ["HostedZoneId"] = "Z" + new Dice(0, "rds-zone", region).Base32(13),
            },
            ["InstanceCreateTime"] = instance.CreatedAt.UtcDateTime,
            ["LatestRestorableTime"] = instance.BackupDays > 0 ? Estates.Seeded.Cell.Today.UtcDateTime : null,
            ["TagList"] = JsonList.Of(instance.Tags),
        };
        AddStorage(shape, instance, account, region);
        AddNetwork(shape, instance);
        if (instance.ManagedPassword)
        {
            shape["MasterUserSecret"] = MasterUserSecret(account, region, "db-" + instance.Id);
        }

        return shape;
    }

    public static JsonObject MasterUserSecret(string account, string region, string name) => new()
    {
        ["SecretArn"] = $"arn:aws:secretsmanager:{region}:{account}:secret:rds!{name}-{new Dice(0, "secret", account, name).Base36(6)}",
        ["SecretStatus"] = "active",
        ["KmsKeyId"] = KmsKey(account, region),
    };

    public static string KmsKey(string account, string region)
    {
        var dice = new Dice(0, "kms", account, region);
        return $"arn:aws:kms:{region}:{account}:key/{dice.Hex(8)}-{dice.Hex(4)}-4{dice.Hex(3)}-8{dice.Hex(3)}-{dice.Hex(12)}";
    }

    private static void AddStorage(JsonObject shape, DatabaseInstance instance, string account, string region)
    {
        shape["AllocatedStorage"] = instance.Engine.IsAurora ? 1 : instance.StorageGb;
        shape["StorageType"] = instance.Engine.IsAurora ? "aurora" : "gp3";
        shape["StorageEncrypted"] = instance.Encrypted;
        shape["KmsKeyId"] = instance.Encrypted ? KmsKey(account, region) : null;
        shape["BackupRetentionPeriod"] = instance.BackupDays;
        shape["PreferredBackupWindow"] = "03:00-03:30";
        shape["PreferredMaintenanceWindow"] = "sun:04:00-sun:04:30";
        shape["AutoMinorVersionUpgrade"] = true;
        shape["DeletionProtection"] = instance.DeletionProtection;
        shape["CopyTagsToSnapshot"] = true;
        shape["MonitoringInterval"] = 60;
        shape["PerformanceInsightsEnabled"] = true;
        shape["CACertificateIdentifier"] = "rds-ca-rsa2048-g1";
        shape["IAMDatabaseAuthenticationEnabled"] = false;
    }

    private static void AddNetwork(JsonObject shape, DatabaseInstance instance)
    {
        shape["AvailabilityZone"] = instance.Zone;
        shape["MultiAZ"] = instance.MultiAz && !instance.Engine.IsAurora;
        shape["PubliclyAccessible"] = instance.Public;
        shape["NetworkType"] = "IPV4";
        shape["VpcSecurityGroups"] = Groups(instance.GroupId);
        if (instance.VpcId is not null)
        {
            shape["DBSubnetGroup"] = new JsonObject
            {
                ["DBSubnetGroupName"] = "private",
                ["DBSubnetGroupDescription"] = "private subnets",
                ["VpcId"] = instance.VpcId,
                ["SubnetGroupStatus"] = "Complete",
                ["Subnets"] = JsonList.Of(instance.SubnetIds, static id => new JsonObject { ["SubnetIdentifier"] = id, ["SubnetStatus"] = "Active" }),
            };
        }
    }

    public static JsonArray Groups(string? id) =>
        id is null ? [] : new JsonArray(new JsonObject { ["VpcSecurityGroupId"] = id, ["Status"] = "active" });
}
