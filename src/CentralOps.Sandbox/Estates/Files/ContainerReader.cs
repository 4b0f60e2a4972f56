using CentralOps.Sandbox.Estates.Containers;
using CentralOps.Sandbox.Estates.Networks;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>ECS clusters with their services, a task definition for each, and EKS clusters.</summary>
internal static class ContainerReader
{
    public static (IReadOnlyList<EcsCluster> Clusters, IReadOnlyList<TaskDefinition> Definitions) ReadEcs(Section region, DeclaredPlace place, Network network)
    {
        List<EcsCluster> clusters = [];
        Dictionary<string, TaskDefinition> definitions = new(StringComparer.Ordinal);
        foreach (var section in DeclaredPlace.Named(region, "ecs", IsName, "1 to 100 letters, digits, hyphens and underscores"))
        {
            List<EcsService> services = [];
            foreach (var service in DeclaredPlace.Named(section, "services", IsName, "1 to 100 letters, digits, hyphens and underscores"))
            {
                var definition = Definition(service, place);
                definitions.TryAdd(definition.Name, definition);
                services.Add(Service(service, definition, network));
            }

            clusters.Add(new EcsCluster(section.Text("name", ""))
            {
                ContainerInsights = section.Flag("insights", otherwise: false),
                Services = services,
                Tags = DeclaredPlace.Tags(section),
            });
        }

        return (clusters, [.. definitions.Values]);
    }

    public static IReadOnlyList<EksCluster> ReadEks(Section region, DeclaredPlace place, Network network) =>
    [
        .. DeclaredPlace.Named(region, "eks", IsName, "1 to 100 letters, digits, hyphens and underscores").Select(section => new EksCluster(section.Text("name", ""))
        {
            Version = section.Text("version", "1.33"),
            Status = section.OneOf("status", "ACTIVE", "CREATING", "ACTIVE", "DELETING", "FAILED", "UPDATING", "PENDING"),
            PublicEndpoint = section.Flag("public", otherwise: true),
            SecretsEncrypted = section.Flag("encrypted", otherwise: false),
            LogTypes = section.Texts("logs"),
            CreatedAt = section.Time("created", DeclaredPlace.Made),
            VpcId = network.Vpcs[0].Id,
            SubnetIds = [.. network.PrivateSubnets.Select(subnet => subnet.Id)],
            GroupId = DeclaredPlace.Group(section, network)?.Id,
            Tags = DeclaredPlace.Tags(section),
        }),
    ];

    private static EcsService Service(Section section, TaskDefinition definition, Network network)
    {
        var desired = section.Number("desired", 1, 0, 5000);
        return new EcsService(section.Text("name", ""), definition.Name)
        {
            LaunchType = section.OneOf("launch_type", "FARGATE", "FARGATE", "EC2", "EXTERNAL"),
            DesiredCount = desired,
            RunningCount = section.Number("running", desired, 0, 5000),
            CreatedAt = section.Time("created", DeclaredPlace.Made),
            SubnetIds = [.. network.PrivateSubnets.Select(subnet => subnet.Id)],
            GroupIds = DeclaredPlace.Group(section, network) is { } group ? [group.Id] : [],
            Tags = DeclaredPlace.Tags(section),
        };
    }

    private static TaskDefinition Definition(Section section, DeclaredPlace place)
    {
        var family = section.Text("family", section.Text("name", ""));
        return new TaskDefinition(family, section.Number("revision", 1, 1, 100_000), section.Text("image", $"{place.Account.Id}.dkr.ecr.{place.Region}.amazonaws.com/{family}:latest"))
        {
            Cpu = section.Number("cpu", 256, 128, 16_384),
            MemoryMb = section.Number("memory", 512, 64, 122_880),
            Port = section.Number("port", 8080, 1, 65_535),
            RegisteredAt = DeclaredPlace.Made,
            Environment = section.Pairs("environment").ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
            Secrets = section.Texts("secrets"),
        };
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 100 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
