using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ecs;

internal sealed class ListClusters(Estate estate, PageTokens tokens) : Operation
{
    private static readonly PageRules Pages = EcsErrors.Pages(100);

    public override string Name => "ListClusters";

    public override string Action => "ecs:ListClusters";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var arns = estate.Resources(call.Caller.AccountId, call.Region).EcsClusters.Select(cluster => EcsNames.Cluster(call, cluster.Name)).ToArray();
        var (page, error) = Page<string>.Of(call, Pages, Name, arns, tokens);
        return new(page is null ? error! : new JsonObject { ["clusterArns"] = JsonList.Of(page.Items), ["nextToken"] = page.Next });
    }
}

internal sealed class DescribeClusters(Estate estate) : Operation
{
    private const int MaxClusters = 100;

    public override string Name => "DescribeClusters";

    public override string Action => "ecs:DescribeClusters";

    public override string Resource(OperationCall call) =>
        call.Texts("clusters") is [var only] ? EcsNames.Full(only, name => EcsNames.Cluster(call, name)) : EcsNames.Cluster(call, "*");

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> asked = call.Texts("clusters") is { Count: > 0 } given ? given : ["default"];
        if (asked.Count > MaxClusters)
        {
            return new(EcsErrors.Invalid($"Clusters cannot have more than {MaxClusters} elements."));
        }

        var resources = estate.Resources(call.Caller.AccountId, call.Region);
        var found = asked.Select(name => (Name: name, Cluster: EcsNames.Find(resources, call, name))).ToArray();
        var include = call.Texts("include");
        return new(new JsonObject
        {
            ["clusters"] = JsonList.Of(found.Where(item => item.Cluster is not null), item => EcsShape.Of(item.Cluster!, call, include)),
            ["failures"] = JsonList.Of(found.Where(item => item.Cluster is null), item => EcsShape.Failure(EcsNames.Full(item.Name, name => EcsNames.Cluster(call, name)))),
        });
    }
}
