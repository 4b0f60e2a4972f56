using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ecs;

internal static class EcsErrors
{
    public static ServiceError NoCluster { get; } = new("ClusterNotFoundException", "Cluster not found.");

    public static PageRules Pages(int size) => new()
    {
        Limit = "maxResults",
        Token = "nextToken",
        Default = size,
        Max = 100,
        BadLimit = static _ => Invalid("maxResults must be between 1 and 100."),
        BadToken = Invalid("Invalid token"),
    };

    public static ServiceError Invalid(string words) => new("InvalidParameterException", words);
}
