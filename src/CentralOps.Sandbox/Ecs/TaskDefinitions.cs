using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Containers;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ecs;

internal sealed class ListTaskDefinitions(Estate estate, PageTokens tokens) : Operation
{
    private static readonly PageRules Pages = EcsErrors.Pages(100);

    public override string Name => "ListTaskDefinitions";

    public override string Action => "ecs:ListTaskDefinitions";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var (family, status, sort) = (call.Text("familyPrefix"), call.Text("status") ?? "ACTIVE", call.Text("sort") ?? "ASC");
        var sorted = estate.Resources(call.Caller.AccountId, call.Region).TaskDefinitions
            .Where(definition => (family is null || family.Equals(definition.Family, StringComparison.Ordinal)) && definition.Active == status is "ACTIVE")
            .OrderBy(definition => definition.Family, StringComparer.Ordinal)
            .ThenBy(definition => definition.Revision)
            .Select(definition => EcsNames.Definition(call, definition.Name))
            .ToList();
        if (sort is "DESC")
        {
            sorted.Reverse();
        }

        var (page, error) = Page<string>.Of(call, Pages, $"{Name}/{family}/{status}/{sort}", sorted, tokens);
        return new(page is null ? error! : new JsonObject { ["taskDefinitionArns"] = JsonList.Of(page.Items), ["nextToken"] = page.Next });
    }
}

/// <summary>One revision, or a family's latest active one.</summary>
internal sealed class DescribeTaskDefinition(Estate estate) : Operation
{
    public override string Name => "DescribeTaskDefinition";

    public override string Action => "ecs:DescribeTaskDefinition";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var asked = call.Text("taskDefinition") ?? "";
        if (asked.Length == 0)
        {
            return new(new ServiceError("ClientException", "TaskDefinition can not be blank."));
        }

        if (Find(call, asked) is not { } definition)
        {
            return new(new ServiceError("ClientException", "Unable to describe task definition."));
        }

        var answer = new JsonObject { ["taskDefinition"] = EcsShape.Of(definition, call) };
        if (call.Texts("include").Contains("TAGS", StringComparer.Ordinal))
        {
            answer["tags"] = EcsShape.Tags(definition.Tags);
        }

        return new(answer);
    }

    private TaskDefinition? Find(OperationCall call, string asked)
    {
        var definitions = estate.Resources(call.Caller.AccountId, call.Region).TaskDefinitions;
        return definitions.FirstOrDefault(definition => EcsNames.Is(asked, definition.Name, EcsNames.Definition(call, definition.Name)))
            ?? definitions.Where(definition => definition.Active && string.Equals(definition.Family, asked, StringComparison.Ordinal)).MaxBy(definition => definition.Revision);
    }
}
