using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Tagging;

/// <summary>Tagged resources by tag, type or ARN.</summary>
internal sealed class GetResources(Estate estate, PageTokens tokens) : Operation
{
    private static readonly PageRules Pages = TaggingPages.Of("ResourcesPerPage", 50);

    public override string Name => "GetResources";

    public override string Action => "tag:GetResources";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    private OperationAnswer Answer(OperationCall call)
    {
        var (types, arns) = (call.Texts("ResourceTypeFilters"), call.Texts("ResourceARNList"));
        var filters = call.Items("TagFilters").Select(filter => (Key: filter.TryGetProperty("Key", out var key) && key.ValueKind == JsonValueKind.String ? key.GetString()! : "", Values: OperationCall.Texts(filter, "Values"))).ToArray();
        if (filters.Length > 50)
        {
            return TaggingPages.Invalid("TagFilters must have 50 entries at most.");
        }

        if (arns.Count > 0 && (filters.Length > 0 || types.Count > 0 || call.Number("ResourcesPerPage") is not null || call.Number("TagsPerPage") is not null))
        {
            return TaggingPages.Invalid("ResourceARNList cannot be combined with other filters or with page sizes.");
        }

        if (call.Number("TagsPerPage") is { } tagsPerPage && (tagsPerPage is < 100 or > 500 || tagsPerPage % 100 != 0))
        {
            return TaggingPages.Invalid("TagsPerPage must be between 100 and 500, in steps of 100.");
        }

        var resources = TaggedResources.Of(estate, call.Caller.AccountId, call.Region).Where(resource =>
            (arns.Count == 0 || arns.Contains(resource.Arn, StringComparer.Ordinal))
            && (types.Count == 0 || types.Any(type => resource.Type.Equals(type, StringComparison.Ordinal) || resource.Type.StartsWith(type + ":", StringComparison.Ordinal)))
            && Array.TrueForAll(filters, filter => resource.Tags.Any(tag => tag.Key.Equals(filter.Key, StringComparison.Ordinal) && (filter.Values.Count == 0 || filter.Values.Contains(tag.Value, StringComparer.Ordinal)))));
        var question = $"{Name}/{string.Join(',', types)}/{string.Join(',', arns)}/{string.Join(',', filters.Select(filter => $"{filter.Key}={string.Join('|', filter.Values)}"))}";
        var (page, error) = Page<TaggedResource>.Of(call, Pages, question, [.. resources], tokens);
        return page is null
            ? error!
            : TaggingPages.Answer("ResourceTagMappingList", page, static resource => new JsonObject { ["ResourceARN"] = resource.Arn, ["Tags"] = JsonList.Of(resource.Tags) });
    }
}

internal sealed class GetTagKeys(Estate estate, PageTokens tokens) : Operation
{
    private static readonly PageRules Pages = TaggingPages.Of("", 100);

    public override string Name => "GetTagKeys";

    public override string Action => "tag:GetTagKeys";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var keys = TaggedResources.Of(estate, call.Caller.AccountId, call.Region).SelectMany(resource => resource.Tags).Select(tag => tag.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var (page, error) = Page<string>.Of(call, Pages, Name, [.. keys], tokens);
        return new(page is null ? error! : TaggingPages.Answer("TagKeys", page, static key => key));
    }
}

internal sealed class GetTagValues(Estate estate, PageTokens tokens) : Operation
{
    private static readonly PageRules Pages = TaggingPages.Of("", 100);

    public override string Name => "GetTagValues";

    public override string Action => "tag:GetTagValues";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (call.Text("Key") is not { Length: > 0 } key)
        {
            return new(TaggingPages.Invalid("Key is required."));
        }

        var values = TaggedResources.Of(estate, call.Caller.AccountId, call.Region).SelectMany(resource => resource.Tags)
            .Where(tag => tag.Key.Equals(key, StringComparison.Ordinal)).Select(tag => tag.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var (page, error) = Page<string>.Of(call, Pages, $"{Name}/{key}", [.. values], tokens);
        return new(page is null ? error! : TaggingPages.Answer("TagValues", page, static value => value));
    }
}
