using System.Text.Json;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>ec2:DescribeInstances. A page counts instances, so a reservation may go on over a page's end.</summary>
internal sealed class DescribeInstances(Estate estate, PageTokens tokens) : Operation
{
    private const int DefaultPage = 1000;

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
            return Ec2Errors.OfIds(call, ids, fleet) is { } refused
                ? refused
                : Written(call, [.. fleet.Instances.Where(instance => ids.Contains(instance.Id, StringComparer.Ordinal) && filters.Match(instance))], null);
        }

        if (call.Number("MaxResults") is { } asked && Ec2Errors.OfPageSize(asked) is { } badSize)
        {
            return badSize;
        }

        var question = $"{Name}/{call.Caller.AccountId}/{call.Region}/{filters.Question}";
        var start = 0;
        if (call.Text("NextToken") is { Length: > 0 } token && !tokens.TryRead(question, token, out start))
        {
            return Ec2Errors.BadToken;
        }

        return Page(call, fleet, filters, question, start);
    }

    private OperationAnswer Page(OperationCall call, Fleet fleet, FilterSet<Instance> filters, string question, int start)
    {
        var size = (int)(call.Number("MaxResults") ?? DefaultPage);
        var page = new List<Instance>(Math.Min(size, fleet.Instances.Count));
        for (var i = start; i < fleet.Instances.Count; i++)
        {
            if (!filters.Match(fleet.Instances[i]))
            {
                continue;
            }

            if (page.Count == size)
            {
                return Written(call, page, tokens.Issue(question, i));
            }

            page.Add(fleet.Instances[i]);
        }

        return Written(call, page, null);
    }

    private static OperationAnswer Written(OperationCall call, List<Instance> page, string? nextToken) =>
        OperationAnswer.Of((call, page, nextToken), static (json, made) =>
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
