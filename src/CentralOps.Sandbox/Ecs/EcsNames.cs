using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Containers;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ecs;

/// <summary>ECS names things by name or by ARN, and nothing means the cluster <c>default</c>.</summary>
internal static class EcsNames
{
    public static string Cluster(OperationCall call, string name) => Arn(call, "cluster/" + name);

    public static string Service(OperationCall call, string cluster, string name) => Arn(call, $"service/{cluster}/{name}");

    public static string Definition(OperationCall call, string name) => Arn(call, "task-definition/" + name);

    public static EcsCluster? Find(RegionResources resources, OperationCall call, string? asked)
    {
        var name = string.IsNullOrEmpty(asked) ? "default" : asked;
        return resources.EcsClusters.FirstOrDefault(cluster => Is(name, cluster.Name, Cluster(call, cluster.Name)));
    }

    public static bool Is(string asked, string name, string arn) => string.Equals(asked, name, StringComparison.Ordinal) || string.Equals(asked, arn, StringComparison.Ordinal);

    /// <summary>The ARN that a name or ARN in a request stands for.</summary>
    public static string Full(string asked, Func<string, string> arn) => asked.StartsWith("arn:", StringComparison.Ordinal) ? asked : arn(asked);

    private static string Arn(OperationCall call, string resource) => $"arn:aws:ecs:{call.Region}:{call.Caller.AccountId}:{resource}";
}
