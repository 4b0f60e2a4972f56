using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Rds;

/// <summary>
/// A describe operation of RDS: one by identifier, or pages of what the filters keep. Identifiers compare without case.
/// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference
/// </summary>
internal abstract class RdsList(Estate estate, PageTokens tokens) : Operation
{
    private static readonly PageRules Pages = new()
    {
        Limit = "MaxRecords",
        Token = "Marker",
        Default = 100,
        Min = 20,
        Max = 100,
        BadLimit = static asked => new("InvalidParameterValue", $"Invalid value {asked} for MaxRecords. Must be between 20 and 100"),
        BadToken = new("InvalidParameterValue", "The specified marker is not one that this operation gave."),
    };

    public sealed override string Action => "rds:" + Name;

    /// <summary>The list in the answer.</summary>
    protected abstract string Member { get; }

    /// <summary>The request's member for one identifier.</summary>
    protected abstract string Identifier { get; }

    /// <summary>The kind in ARNs: <c>db</c> or <c>cluster</c>.</summary>
    protected abstract string Kind { get; }

    public sealed override string Resource(OperationCall call) => call.Text(Identifier) is { } id && id.StartsWith("arn:", StringComparison.Ordinal)
        ? id
        : Arn(call, call.Text(Identifier) ?? "*");

    public sealed override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    protected abstract IEnumerable<JsonObject> Items(RegionResources resources, OperationCall call);

    /// <summary>The members that a filter looks at; null for a name that is not known.</summary>
    protected abstract IReadOnlyList<string>? Filter(string name);

    protected abstract ServiceError NotFound(string id);

    protected string Arn(OperationCall call, string id) => $"arn:aws:rds:{call.Region}:{call.Caller.AccountId}:{Kind}:{id}";

    private OperationAnswer Answer(OperationCall call)
    {
        var items = Items(estate.Resources(call.Caller.AccountId, call.Region), call).ToList();
        var question = Name;
        foreach (var filter in call.Items("Filters"))
        {
            var name = filter.TryGetProperty("Name", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "null";
            if (Filter(name) is not { } members)
            {
                return new ServiceError("InvalidParameterValue", $"Unrecognized filter name: {name}");
            }

            var values = OperationCall.Texts(filter, "Values");
            question += $"/{name}={string.Join(',', values)}";
            items.RemoveAll(item => !members.Any(member => values.Any(value => Is(value, (string?)item[member]))));
        }

        if (call.Text(Identifier) is { Length: > 0 } id)
        {
            items.RemoveAll(item => !string.Equals((string?)item[Identifier], id, StringComparison.OrdinalIgnoreCase) && !string.Equals((string?)item[Identifier[..^"Identifier".Length] + "Arn"], id, StringComparison.Ordinal));
            return items.Count == 0 ? NotFound(id) : new JsonObject { [Member] = JsonList.Of(items, static item => item) };
        }

        var (page, error) = Page<JsonObject>.Of(call, Pages, question, items, tokens);
        return page is null ? error! : new JsonObject { [Member] = JsonList.Of(page.Items, static item => item), ["Marker"] = page.Next };
    }

    /// <summary>Filters take an identifier or the ARN of what it names, of another kind, too, as in <c>db-cluster-id</c>.</summary>
    private static bool Is(string asked, string? value) =>
        value is not null
        && (string.Equals(asked, value, StringComparison.Ordinal)
            || (asked.StartsWith("arn:", StringComparison.Ordinal) && string.Equals(asked[(asked.LastIndexOf(':') + 1)..], value, StringComparison.Ordinal)));
}
