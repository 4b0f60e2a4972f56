using System.Text.Json;

namespace CentralOps.Gateway.Control.Provisioning;

/// <summary>What a synchronization found to be different, by names.</summary>
internal sealed record CatalogChange(IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Removed)
{
    private const int MostNamed = 40;

    public static CatalogChange Of(TargetCatalog before, TargetCatalog after)
    {
        var (old, now) = (Tools(before), Tools(after));
        return new(
            Names(now.Keys.Where(name => !old.ContainsKey(name))),
            Names(now.Keys.Where(name => old.TryGetValue(name, out var was) && !Same(was, now[name]))),
            Names(old.Keys.Where(name => !now.ContainsKey(name))));
    }

    /// <summary>For <c>statusReasons</c>: a sentence for each of the three, none where nothing is different.</summary>
    public IEnumerable<string> Sentences()
    {
        foreach (var (verb, names) in ((string, IReadOnlyList<string>)[])[("added", Added), ("changed", Changed), ("removed", Removed)])
        {
            if (names.Count > 0)
            {
                var shown = string.Join(", ", names.Take(MostNamed).Select(static name => Printable.Text(name, 64)));
                yield return $"{names.Count} {(names.Count == 1 ? "tool" : "tools")} {verb}: {shown}{(names.Count > MostNamed ? ", …" : "")}";
            }
        }
    }

    private static Dictionary<string, ToolDefinition> Tools(TargetCatalog catalog) => catalog.Tools.ToDictionary(static tool => tool.Name, StringComparer.Ordinal);

    private static bool Same(ToolDefinition one, ToolDefinition other) => (one.Listed, other.Listed) is ({ } listed, { } listedNow)
        ? JsonElement.DeepEquals(listed, listedNow)
        : string.Equals(one.Description, other.Description, StringComparison.Ordinal)
            && JsonElement.DeepEquals(one.InputSchema, other.InputSchema)
            && one.OutputSchema.HasValue == other.OutputSchema.HasValue
            && (one.OutputSchema is not { } output || JsonElement.DeepEquals(output, other.OutputSchema!.Value));

    private static string[] Names(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];
}
