using CentralOps.Sandbox.Estates.Networks;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>The resources of one account: a mapping of regions, in each a mapping of kinds.</summary>
internal static class ResourcesReader
{
    public static void Read(Section account, Account owner, ulong seed, BucketNames names, Dictionary<(string, string), RegionResources> into)
    {
        if (account.Node("resources") is not { } node)
        {
            return;
        }

        var regions = new Section(node, account.Join("resources"), account.Problems);
        foreach (var (region, line, value) in regions.Entries)
        {
            if (!Region.ByName.TryGetValue(region, out var known))
            {
                account.Problems.Add(line, $"'{region}' is not a region", $"Take one of {string.Join(", ", Region.All.Where(all => !all.NeedsOptIn).Select(all => all.Name))}.");
                continue;
            }

            if (known.NeedsOptIn && !owner.OptedInRegions.Contains(region))
            {
                account.Problems.Add(line, $"The region {region} is not enabled in {owner.Id}", $"Add it to the account: 'regions: [{region}]'.");
            }

            into[(owner.Id, region)] = Read(new Section(value, regions.Join(region), account.Problems), new DeclaredPlace(owner, region, seed), names);
        }
    }

    private static DeclaredRegion Read(Section section, DeclaredPlace place, BucketNames names)
    {
        var network = NetworkReader.Read(section, place);
        var (clusters, databases) = DatabaseReader.Read(section, place, network);
        var (ecs, definitions) = ContainerReader.ReadEcs(section, place, network);
        var resources = new DeclaredRegion
        {
            Network = network,
            Fleet = InstanceReader.Read(section, place, network),
            DatabaseClusters = clusters,
            DatabaseInstances = databases,
            Functions = FunctionReader.Read(section, place),
            EcsClusters = ecs,
            TaskDefinitions = definitions,
            EksClusters = ContainerReader.ReadEks(section, place, network),
            Buckets = BucketReader.Read(section, place, names),
            MetricAlarms = AlarmReader.Read(section),
        };
        section.End();
        return resources;
    }
}

/// <summary>An account and region of a file; ids follow from what things are called, so that they stay when others are added.</summary>
internal sealed record DeclaredPlace(Account Account, string Region, ulong Seed)
{
    /// <summary>When things were made that do not say so.</summary>
    public static readonly DateTimeOffset Made = new(2026, 10, 1, 9, 0, 0, TimeSpan.Zero);

    public Dice Dice(params ReadOnlySpan<string> path) => new(Seed, ["declared", Account.Id, Region, .. path]);

    public string Zone(string letter) => Region + letter;

    /// <summary>The tags that were given, and a name in front where none was given.</summary>
    public static IReadOnlyList<Tag> Tags(Section section, string? name = null)
    {
        var tags = section.Pairs("tags");
        return name is null || tags.Any(tag => tag.Key is "Name") ? tags : [new("Name", name), .. tags];
    }

    public static SecurityGroup? Group(Section section, Network network, string otherwise = "default")
    {
        var name = section.Text("group", otherwise);
        var group = network.FindGroup(name);
        if (group is null)
        {
            section.Problems.Add(section.LineOf("group"), $"The security group '{name}' is not there", $"Add it to 'security_groups', or take one of {string.Join(", ", network.Groups.Select(known => known.Name))}.");
        }

        return group;
    }

    /// <summary>Items of one kind whose names may stand once; each is ended when the next is asked for.</summary>
    public static IEnumerable<Section> Named(Section section, string kind, Func<string, bool> fits, string rule)
    {
        foreach (var item in Open(section, kind, fits, rule))
        {
            yield return item;
            item.End();
        }
    }

    /// <summary>The same for those who read them all before they read on in each, and end them.</summary>
    public static IEnumerable<Section> Open(Section section, string kind, Func<string, bool> fits, string rule)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var item in section.Sections(kind))
        {
            var name = item.Required("name", fits, rule);
            if (name.Length == 0)
            {
                continue;
            }

            if (!seen.Add(name))
            {
                item.Problems.Add(item.LineOf("name"), $"'{name}' is there twice in {section.Join(kind)}", "Give each a name of its own.");
            }

            yield return item;
        }
    }
}
