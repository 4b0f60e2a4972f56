using System.Globalization;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Containers;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ecs;

/// <summary>AWS's structures <c>Cluster</c>, <c>Service</c> and <c>TaskDefinition</c>; ECS writes members in camel case.</summary>
internal static class EcsShape
{
    public static JsonArray Tags(IEnumerable<Tag> tags) => JsonList.Of(tags, static tag => new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value });

    public static JsonObject Failure(string arn) => new() { ["arn"] = arn, ["reason"] = "MISSING" };

    public static JsonObject Of(EcsCluster cluster, OperationCall call, IReadOnlyList<string> include)
    {
        var shape = new JsonObject
        {
            ["clusterArn"] = EcsNames.Cluster(call, cluster.Name),
            ["clusterName"] = cluster.Name,
            ["status"] = cluster.Status,
            ["registeredContainerInstancesCount"] = 0,
            ["runningTasksCount"] = cluster.Services.Sum(static service => service.RunningCount),
            ["pendingTasksCount"] = cluster.Services.Sum(static service => service.PendingCount),
            ["activeServicesCount"] = cluster.Services.Count(static service => service.Status is "ACTIVE"),
            ["capacityProviders"] = new JsonArray("FARGATE", "FARGATE_SPOT"),
            ["defaultCapacityProviderStrategy"] = new JsonArray(),
            ["statistics"] = new JsonArray(),
            ["settings"] = new JsonArray(),
            ["tags"] = include.Contains("TAGS", StringComparer.Ordinal) ? Tags(cluster.Tags) : [],
        };
        if (include.Contains("SETTINGS", StringComparer.Ordinal))
        {
            shape["settings"] = new JsonArray(new JsonObject { ["name"] = "containerInsights", ["value"] = cluster.ContainerInsights ? "enabled" : "disabled" });
        }

        if (include.Contains("STATISTICS", StringComparer.Ordinal))
        {
            shape["statistics"] = JsonList.Of(
                ["FARGATE", "EC2"],
                type => new JsonObject
                {
                    ["name"] = type is "EC2" ? "runningEC2TasksCount" : "runningFargateTasksCount",
                    ["value"] = cluster.Services.Where(service => string.Equals(service.LaunchType, type, StringComparison.Ordinal)).Sum(static service => service.RunningCount).ToString(CultureInfo.InvariantCulture),
                });
        }

        return shape;
    }

    public static JsonObject Of(EcsService service, EcsCluster cluster, OperationCall call, bool withTags)
    {
        var definition = EcsNames.Definition(call, service.TaskDefinition);
        return new JsonObject
        {
            ["serviceArn"] = EcsNames.Service(call, cluster.Name, service.Name),
            ["serviceName"] = service.Name,
            ["clusterArn"] = EcsNames.Cluster(call, cluster.Name),
            ["status"] = service.Status,
            ["desiredCount"] = service.DesiredCount,
            ["runningCount"] = service.RunningCount,
            ["pendingCount"] = service.PendingCount,
            ["launchType"] = service.LaunchType,
            ["schedulingStrategy"] = service.SchedulingStrategy,
            ["platformVersion"] = service.LaunchType is "FARGATE" ? "LATEST" : null,
            ["taskDefinition"] = definition,
            ["createdAt"] = service.CreatedAt.UtcDateTime,
            ["deploymentConfiguration"] = new JsonObject { ["maximumPercent"] = 200, ["minimumHealthyPercent"] = 100 },
            ["deployments"] = new JsonArray(new JsonObject
            {
                ["id"] = "ecs-svc/" + new Dice(0, "deployment", definition, service.Name).Hex(16),
                ["status"] = "PRIMARY",
                ["taskDefinition"] = definition,
                ["desiredCount"] = service.DesiredCount,
                ["runningCount"] = service.RunningCount,
                ["pendingCount"] = service.PendingCount,
                ["failedTasks"] = 0,
                ["createdAt"] = service.CreatedAt.UtcDateTime,
                ["updatedAt"] = service.CreatedAt.AddMinutes(5).UtcDateTime,
                ["launchType"] = service.LaunchType,
                ["rolloutState"] = service.PendingCount > 0 ? "IN_PROGRESS" : "COMPLETED",
            }),
            ["events"] = new JsonArray(),
            ["loadBalancers"] = new JsonArray(),
            ["serviceRegistries"] = new JsonArray(),
            ["networkConfiguration"] = new JsonObject
            {
                ["awsvpcConfiguration"] = new JsonObject { ["subnets"] = JsonList.Of(service.SubnetIds), ["securityGroups"] = JsonList.Of(service.GroupIds), ["assignPublicIp"] = "DISABLED" },
            },
            ["propagateTags"] = "NONE",
            ["enableECSManagedTags"] = true,
            ["enableExecuteCommand"] = false,
            ["tags"] = withTags ? Tags(service.Tags) : null,
        };
    }

    public static JsonObject Of(TaskDefinition definition, OperationCall call) => new()
    {
        ["taskDefinitionArn"] = EcsNames.Definition(call, definition.Name),
        ["family"] = definition.Family,
        ["revision"] = definition.Revision,
        ["status"] = definition.Active ? "ACTIVE" : "INACTIVE",
        ["networkMode"] = "awsvpc",
        ["cpu"] = definition.Cpu.ToString(CultureInfo.InvariantCulture),
        ["memory"] = definition.MemoryMb.ToString(CultureInfo.InvariantCulture),
        ["compatibilities"] = new JsonArray("EC2", "FARGATE"),
        ["requiresCompatibilities"] = new JsonArray(definition.Compatibility),
        ["executionRoleArn"] = $"arn:aws:iam::{call.Caller.AccountId}:role/ecsTaskExecutionRole",
        ["registeredAt"] = definition.RegisteredAt.UtcDateTime,
        ["volumes"] = new JsonArray(),
        ["containerDefinitions"] = new JsonArray(new JsonObject
        {
            ["name"] = "app",
            ["image"] = definition.Image,
            ["cpu"] = definition.Cpu,
            ["memory"] = definition.MemoryMb,
            ["essential"] = true,
            ["portMappings"] = new JsonArray(new JsonObject { ["containerPort"] = definition.Port, ["hostPort"] = definition.Port, ["protocol"] = "tcp" }),
            ["environment"] = JsonList.Of(definition.Environment, static variable => new JsonObject { ["name"] = variable.Key, ["value"] = variable.Value }),
            ["secrets"] = JsonList.Of(definition.Secrets, name => new JsonObject { ["name"] = name, ["valueFrom"] = $"arn:aws:secretsmanager:{call.Region}:{call.Caller.AccountId}:secret:{definition.Family}/{name}" }),
            ["logConfiguration"] = new JsonObject
            {
                ["logDriver"] = "awslogs",
                ["options"] = new JsonObject { ["awslogs-group"] = "/ecs/" + definition.Family, ["awslogs-region"] = call.Region, ["awslogs-stream-prefix"] = "ecs" },
            },
        }),
    };
}
