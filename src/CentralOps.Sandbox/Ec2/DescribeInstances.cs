using System.Text.Json;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>ec2:DescribeInstances. A page counts instances, so a reservation may go on over a page's end.</summary>
internal sealed class DescribeInstances(Estate estate, PageTokens tokens) : Operation
{
    private static readonly PageRules Pages = Ec2Errors.Pages(5, 1000);

    public override string Name => "DescribeInstances";

    public override string Action => "ec2:DescribeInstances";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    private OperationAnswer Answer(OperationCall call)
    {
        if (call.Flag("DryRun"))
        {
            return Ec2Errors.DryRun;
        }

        var (filters, unknown) = FilterSet<Instance>.Read(call, InstanceFilters.Find);
        if (filters is null)
        {
            return unknown!;
        }

        var fleet = estate.Fleet(call.Caller.AccountId, call.Region);
        var ids = call.Texts("InstanceIds");
        if (ids.Count > 0)
        {
            var refused = call.Number("MaxResults") is null ? Ec2Errors.OfIds(ids, fleet) : Ec2Errors.IdsWithPages;
            return refused is not null
                ? refused
                : Written([.. fleet.Instances.Where(instance => ids.Contains(instance.Id, StringComparer.Ordinal) && filters.Match(instance))], null);
        }

        var (page, error) = Page<Instance>.Of(call, Pages, $"{Name}/{filters.Question}", [.. fleet.Instances.Where(filters.Match)], tokens);
        return page is null ? error! : Written(page.Items, page.Next);
    }

    private static OperationAnswer Written(IReadOnlyList<Instance> page, string? nextToken) =>
        OperationAnswer.Of((page, nextToken), static (json, made) =>
        {
            json.WriteStartArray("Reservations");
            string? open = null;
            foreach (var instance in made.page)
            {
                if (!string.Equals(open, instance.ReservationId, StringComparison.Ordinal))
                {
                    Close(json, open);
                    open = instance.ReservationId;
                    json.WriteStartObject();
                    json.WriteString("ReservationId", open);
                    json.WriteString("OwnerId", instance.AccountId);
                    json.WriteStartArray("Groups");
                    json.WriteEndArray();
                    json.WriteStartArray("Instances");
                }

                json.WriteRawValue(InstanceShape.Of(instance), skipInputValidation: true);
            }

            Close(json, open);
            json.WriteEndArray();
            if (made.nextToken is not null)
            {
                json.WriteString("NextToken", made.nextToken);
            }
        });

    private static void Close(Utf8JsonWriter json, string? open)
    {
        if (open is not null)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
