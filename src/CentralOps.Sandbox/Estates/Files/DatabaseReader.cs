using System.Globalization;
using CentralOps.Sandbox.Estates.Databases;
using CentralOps.Sandbox.Estates.Networks;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>RDS: an Aurora engine makes a cluster of <c>members</c> instances, every other engine one instance.</summary>
internal static class DatabaseReader
{
    private const int MostMembers = 15;

    public static (IReadOnlyList<DatabaseCluster> Clusters, IReadOnlyList<DatabaseInstance> Instances) Read(Section region, DeclaredPlace place, Network network)
    {
        List<DatabaseCluster> clusters = [];
        List<DatabaseInstance> instances = [];
        foreach (var section in DeclaredPlace.Named(region, "rds", IsIdentifier, "1 to 63 lower-case letters, digits and hyphens that begin with a letter"))
        {
            var name = section.Text("name", "");
            var instance = Instance(section, place, network, name);
            var members = section.Number("members", 1, 1, MostMembers);
            if (!instance.Engine.IsAurora)
            {
                if (section.Has("members"))
                {
                    section.Problems.Add(section.LineOf("members"), $"{section.Place} has 'members', but {instance.Engine.Name} has no clusters", "Take aurora-postgresql or aurora-mysql, or leave 'members' out.");
                }

                instances.Add(instance);
                continue;
            }

            var zones = network.PrivateSubnets.Select(subnet => subnet.Zone).ToArray();
            DatabaseInstance[] own = [.. Enumerable.Range(0, members).Select(i => instance with { Id = string.Create(CultureInfo.InvariantCulture, $"{name}-{i + 1}"), ClusterId = name, Zone = zones[i % zones.Length] })];
            instances.AddRange(own);
            clusters.Add(new DatabaseCluster
            {
                Id = name,
                Engine = instance.Engine,
                Status = instance.Status,
                DatabaseName = instance.DatabaseName ?? name,
                MasterUser = instance.MasterUser,
                ManagedPassword = instance.ManagedPassword,
                DeletionProtection = instance.DeletionProtection,
                BackupDays = instance.BackupDays,
                MemberIds = [.. own.Select(member => member.Id)],
                Zones = zones,
                CreatedAt = instance.CreatedAt,
                GroupId = instance.GroupId,
                Tags = instance.Tags,
            });
        }

        return (clusters, [.. instances.OrderBy(instance => instance.Id, StringComparer.Ordinal)]);
    }

    private static DatabaseInstance Instance(Section section, DeclaredPlace place, Network network, string name)
    {
        var engine = section.OneOf("engine", "postgres", [.. DatabaseEngine.All.Select(known => known.Name)]);
        var known = DatabaseEngine.All.First(candidate => string.Equals(candidate.Name, engine, StringComparison.Ordinal));
        return new DatabaseInstance
        {
            Id = name,
            Engine = known with { Version = section.Text("version", known.Version) },
            Class = section.Text("class", "db.t4g.medium"),
            Status = section.Text("status", "available"),
            DatabaseName = section.Text("database"),
            MasterUser = section.Text("user", "admin"),
            ManagedPassword = section.Flag("managed_password", otherwise: true),
            StorageGb = section.Number("storage", 100, 20, 65_536),
            MultiAz = section.Flag("multi_az", otherwise: false),
            Public = section.Flag("public", otherwise: false),
            Encrypted = section.Flag("encrypted", otherwise: true),
            DeletionProtection = section.Flag("deletion_protection", otherwise: false),
            BackupDays = section.Number("backup_days", 7, 0, 35),
            Zone = place.Zone("a"),
            CreatedAt = section.Time("created", DeclaredPlace.Made),
            VpcId = network.Vpcs[0].Id,
            SubnetIds = [.. network.PrivateSubnets.Select(subnet => subnet.Id)],
            GroupId = DeclaredPlace.Group(section, network)?.Id,
            Tags = DeclaredPlace.Tags(section),
        };
    }

    private static bool IsIdentifier(string text) =>
        text.Length is > 0 and <= 60 && char.IsAsciiLetterLower(text[0]) && text[^1] != '-' && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
