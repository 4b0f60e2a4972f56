using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ecs;

internal sealed class ListServices(Estate estate, PageTokens tokens) : Operation
{
    private static readonly PageRules Pages = EcsErrors.Pages(10);

    public override string Name => "ListServices";

    public override string Action => "ecs:ListServices";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (EcsNames.Find(estate.Resources(call.Caller.AccountId, call.Region), call, call.Text("cluster")) is not { } cluster)
        {
            return new(EcsErrors.NoCluster);
        }

        var (launch, strategy) = (call.Text("launchType"), call.Text("schedulingStrategy"));
        var arns = cluster.Services
            .Where(service => (launch is null || launch.Equals(service.LaunchType, StringComparison.Ordinal)) && (strategy is null || strategy.Equals(service.SchedulingStrategy, StringComparison.Ordinal)))
            .Select(service => EcsNames.Service(call, cluster.Name, service.Name))
            .ToArray();
        var (page, error) = Page<string>.Of(call, Pages, $"{Name}/{cluster.Name}/{launch}/{strategy}", arns, tokens);
        return new(page is null ? error! : new JsonObject { ["serviceArns"] = JsonList.Of(page.Items), ["nextToken"] = page.Next });
    }
}

internal sealed class DescribeServices(Estate estate) : Operation
{
    private const int MaxServices = 10;

    public override string Name => "DescribeServices";

    public override string Action => "ecs:DescribeServices";

    public override string Resource(OperationCall call) => call.Texts("services") is [var only]
        ? EcsNames.Full(only, name => EcsNames.Service(call, ClusterName(call), name))
        : EcsNames.Service(call, ClusterName(call), "*");

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var asked = call.Texts("services");
        if (asked.Count is 0 or > MaxServices)
        {
            return new(EcsErrors.Invalid(asked.Count == 0 ? "Services cannot be empty." : $"Services cannot have more than {MaxServices} elements."));
        }

        if (EcsNames.Find(estate.Resources(call.Caller.AccountId, call.Region), call, call.Text("cluster")) is not { } cluster)
        {
            return new(EcsErrors.NoCluster);
        }

        var found = asked.Select(name => (Name: name, Service: cluster.Services.FirstOrDefault(service => EcsNames.Is(name, service.Name, EcsNames.Service(call, cluster.Name, service.Name))))).ToArray();
        var withTags = call.Texts("include").Contains("TAGS", StringComparer.Ordinal);
        return new(new JsonObject
        {
            ["services"] = JsonList.Of(found.Where(item => item.Service is not null), item => EcsShape.Of(item.Service!, cluster, call, withTags)),
            ["failures"] = JsonList.Of(
                found.Where(item => item.Service is null), item => EcsShape.Failure(EcsNames.Full(item.Name, name => EcsNames.Service(call, cluster.Name, name)))),
        });
    }

    private static string ClusterName(OperationCall call)
    {
        var cluster = call.Text("cluster") ?? "default";
        return cluster[(cluster.LastIndexOf('/') + 1)..];
    }
}
