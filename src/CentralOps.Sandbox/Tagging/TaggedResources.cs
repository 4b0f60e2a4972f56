using CentralOps.Sandbox.CloudWatch;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Tagging;

/// <summary>A resource that has tags, by its ARN.</summary>
internal readonly record struct TaggedResource(string Arn, IReadOnlyList<Tag> Tags)
{
    /// <summary>Service and kind, such as <c>ec2:instance</c>, or the service alone where an ARN names no kind.</summary>
    public string Type
    {
        get
        {
            var parts = Arn.Split(':', 6);
            var kind = parts[5].Split('/', ':');
            return kind.Length == 1 ? parts[2] : $"{parts[2]}:{kind[0]}";
        }
    }
}

/// <summary>Everything in an account and region that has, or had, tags: what was never tagged is not told of.</summary>
internal static class TaggedResources
{
    public static IEnumerable<TaggedResource> Of(Estate estate, string account, string region)
    {
        var all = estate.Resources(account, region);
        return All(all, account, region).Where(resource => resource.Tags.Count > 0).OrderBy(resource => resource.Arn, StringComparer.Ordinal);
    }

    private static IEnumerable<TaggedResource> All(RegionResources all, string account, string region)
    {
        return
        [
            .. all.Network.Vpcs.Select(vpc => new TaggedResource(Arn("ec2", "vpc/" + vpc.Id), vpc.Tags)),
            .. all.Network.Subnets.Select(subnet => new TaggedResource(Arn("ec2", "subnet/" + subnet.Id), subnet.Tags)),
            .. all.Network.Groups.Select(group => new TaggedResource(Arn("ec2", "security-group/" + group.Id), group.Tags)),
            .. all.Fleet.Instances.Select(instance => new TaggedResource(Arn("ec2", "instance/" + instance.Id), instance.Tags)),
            .. all.LaunchTemplates.Select(template => new TaggedResource(Arn("ec2", "launch-template/" + template.Id), template.Tags)),
            .. all.DatabaseInstances.Select(database => new TaggedResource(Arn("rds", "db:" + database.Id), database.Tags)),
            .. all.DatabaseClusters.Select(cluster => new TaggedResource(Arn("rds", "cluster:" + cluster.Id), cluster.Tags)),
            .. all.Functions.Select(function => new TaggedResource(Arn("lambda", "function:" + function.Name), function.Tags)),
            .. all.EcsClusters.Select(cluster => new TaggedResource(Arn("ecs", "cluster/" + cluster.Name), cluster.Tags)),
            .. all.EcsClusters.SelectMany(cluster => cluster.Services.Select(service => new TaggedResource(Arn("ecs", $"service/{cluster.Name}/{service.Name}"), service.Tags))),
            .. all.TaskDefinitions.Select(definition => new TaggedResource(Arn("ecs", "task-definition/" + definition.Name), definition.Tags)),
            .. all.EksClusters.Select(cluster => new TaggedResource(Arn("eks", "cluster/" + cluster.Name), cluster.Tags)),
            .. all.Buckets.Select(bucket => new TaggedResource("arn:aws:s3:::" + bucket.Name, bucket.Tags)),
            .. all.MetricAlarms.Select(alarm => new TaggedResource(AlarmShape.Arn(alarm.Name, account, region), alarm.Tags)),
            .. all.CompositeAlarms.Select(alarm => new TaggedResource(AlarmShape.Arn(alarm.Name, account, region), alarm.Tags)),
        ];

        string Arn(string service, string resource) => $"arn:aws:{service}:{region}:{account}:{resource}";
    }
}
