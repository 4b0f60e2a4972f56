using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>A describe operation of EC2: filters, ids or pages, and one list in the answer.</summary>
internal abstract class Ec2List(Estate estate, PageTokens tokens) : Operation
{
    private static readonly PageRules Usual = Ec2Errors.Pages(5, 1000);

    public override string Action => "ec2:" + Name;

    /// <summary>The list in the answer.</summary>
    protected abstract string Member { get; }

    protected abstract FilterPaths Filters { get; }

    /// <summary>The ways to ask for single ones.</summary>
    protected abstract IReadOnlyList<ResourceIds> Ids { get; }

    protected virtual PageRules Pages => Usual;

    public sealed override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    /// <summary>AWS's structures of all that there are.</summary>
    protected abstract IEnumerable<JsonObject> Items(RegionResources resources, OperationCall call);

    /// <summary>What only this operation refuses.</summary>
    protected virtual ServiceError? Check(OperationCall call, RegionResources resources) => null;

    private OperationAnswer Answer(OperationCall call)
    {
        if (call.Flag("DryRun"))
        {
            return Ec2Errors.DryRun;
        }

        var (filters, unknown) = FilterSet<JsonObject>.Read(call, Filters.Find);
        if (filters is null)
        {
            return unknown!;
        }

        var resources = estate.Resources(call.Caller.AccountId, call.Region);
        if (Check(call, resources) is { } refused)
        {
            return refused;
        }

        var items = Items(resources, call).ToList();
        var question = Name + "/" + filters.Question;
        foreach (var ids in Ids)
        {
            var asked = call.Texts(ids.Request);
            if (ids.Check(asked, items) is { } absent)
            {
                return absent;
            }

            if (asked.Count > 0)
            {
                question += string.Join(',', asked);
                items.RemoveAll(item => !asked.Contains((string)item[ids.Member]!, StringComparer.Ordinal));
            }
        }

        items.RemoveAll(item => !filters.Match(item));
        var (page, error) = Page<JsonObject>.Of(call, Pages, question, items, tokens);
        if (page is null)
        {
            return error!;
        }

        var answer = new JsonObject { [Member] = JsonList.Of(page.Items, static item => item) };
        if (page.Next is not null)
        {
            answer["NextToken"] = page.Next;
        }

        return answer;
    }
}
