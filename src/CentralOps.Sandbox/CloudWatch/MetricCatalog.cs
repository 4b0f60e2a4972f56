using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Alarms;

namespace CentralOps.Sandbox.CloudWatch;

/// <summary>The metrics that AWS's services publish for the resources that are there.</summary>
internal static class MetricCatalog
{
    private static readonly string[] OfInstances = ["CPUUtilization", "NetworkIn", "NetworkOut", "StatusCheckFailed"];
    private static readonly string[] OfDatabases = ["CPUUtilization", "DatabaseConnections", "FreeStorageSpace", "ReadLatency"];
    private static readonly string[] OfFunctions = ["Invocations", "Errors", "Duration", "Throttles"];
    private static readonly string[] OfServices = ["CPUUtilization", "MemoryUtilization"];

    public static IEnumerable<Metric> Of(RegionResources resources)
    {
        var instances = resources.Fleet.Instances
            .Where(instance => instance.Network is not null)
            .SelectMany(instance => OfInstances.Select(name => new Metric("AWS/EC2", name, new Dimension("InstanceId", instance.Id))));
        var databases = resources.DatabaseInstances
            .SelectMany(database => OfDatabases.Select(name => new Metric("AWS/RDS", name, new Dimension("DBInstanceIdentifier", database.Id))));
        var functions = resources.Functions
            .SelectMany(function => OfFunctions.Select(name => new Metric("AWS/Lambda", name, new Dimension("FunctionName", function.Name))));
        var account = resources.Functions.Count > 0 ? OfFunctions.Select(name => new Metric("AWS/Lambda", name)) : [];
        var services = resources.EcsClusters.SelectMany(cluster => cluster.Services.SelectMany(service =>
            OfServices.Select(name => new Metric("AWS/ECS", name, new Dimension("ClusterName", cluster.Name), new Dimension("ServiceName", service.Name)))));
        return [.. instances, .. databases, .. functions, .. account, .. services];
    }
}
