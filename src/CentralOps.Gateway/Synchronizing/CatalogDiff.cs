using System.Text.Json;

namespace CentralOps.Gateway.Synchronizing;

/// <summary>What a synchronization changed, by name (resources by URI), each list in ordinal order.</summary>
public sealed record CatalogDiff(KindDiff Tools, KindDiff Prompts, KindDiff Resources, KindDiff ResourceTemplates)
{
    public bool IsEmpty => Tools.IsEmpty && Prompts.IsEmpty && Resources.IsEmpty && ResourceTemplates.IsEmpty;

    public static CatalogDiff Between(TargetCatalog before, TargetCatalog after) => new(
        KindDiff.Between(before.Tools, after.Tools, tool => tool.Name, Same),
        KindDiff.Between(before.Prompts, after.Prompts, prompt => prompt.Name, (one, other) => JsonElement.DeepEquals(one.Listed, other.Listed)),
        KindDiff.Between(before.Resources, after.Resources, resource => resource.Uri, (one, other) => JsonElement.DeepEquals(one.Listed, other.Listed)),
        KindDiff.Between(before.ResourceTemplates, after.ResourceTemplates, template => template.UriTemplate, (one, other) => JsonElement.DeepEquals(one.Listed, other.Listed)));

    private static bool Same(ToolDefinition one, ToolDefinition other) =>
        string.Equals(one.Description, other.Description, StringComparison.Ordinal)
        && JsonElement.DeepEquals(one.InputSchema, other.InputSchema)
        && Same(one.OutputSchema, other.OutputSchema)
        && Same(one.Listed, other.Listed);

    private static bool Same(JsonElement? one, JsonElement? other) =>
        one is { } a && other is { } b ? JsonElement.DeepEquals(a, b) : one is null && other is null;
}

/// <summary>The names that came, changed and went.</summary>
public sealed record KindDiff(IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Removed)
{
    public bool IsEmpty => Added.Count == 0 && Changed.Count == 0 && Removed.Count == 0;

    internal static KindDiff Between<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> name, Func<T, T, bool> same)
    {
        var (old, now) = (ByName(before, name), ByName(after, name));
        return new(
            [.. now.Keys.Where(key => !old.ContainsKey(key)).Order(StringComparer.Ordinal)],
            [.. now.Where(item => old.TryGetValue(item.Key, out var was) && !same(was, item.Value)).Select(item => item.Key).Order(StringComparer.Ordinal)],
            [.. old.Keys.Where(key => !now.ContainsKey(key)).Order(StringComparer.Ordinal)]);
    }

    private static Dictionary<string, T> ByName<T>(IReadOnlyList<T> items, Func<T, string> name)
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            found.TryAdd(name(item), item);
        }

        return found;
    }
}
