using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Sandbox.Ec2;

/// <summary>
/// Filters by name, each with where its values stand in AWS's own structure: member names with dots between, lists are walked through.
/// Every kind has the filters for tags beside them.
/// </summary>
internal sealed class FilterPaths(params IEnumerable<(string Name, string Path)> filters)
{
    private readonly FrozenDictionary<string, string[]> _paths =
        filters.ToFrozenDictionary(filter => filter.Name, filter => filter.Path.Split('.'), StringComparer.Ordinal);

    /// <summary>A filter's values; null for a name that is not known.</summary>
    public FilterValues<JsonObject>? Find(string name)
    {
        if (name.StartsWith("tag:", StringComparison.Ordinal))
        {
            var key = name["tag:".Length..];
            return item => Tags(item).Where(tag => string.Equals((string?)tag["Key"], key, StringComparison.Ordinal)).Select(tag => (string?)tag["Value"]);
        }

        if (name is "tag-key")
        {
            return item => Tags(item).Select(tag => (string?)tag["Key"]);
        }

        return _paths.TryGetValue(name, out var path) ? item => Values(item, path) : null;
    }

    private static IEnumerable<JsonObject> Tags(JsonObject item) => item["Tags"]?.AsArray().OfType<JsonObject>() ?? [];

    private static IEnumerable<string?> Values(JsonNode? node, ReadOnlyMemory<string> path) => node switch
    {
        null => [],
        JsonArray list => list.SelectMany(element => Values(element, path)),
        JsonObject structure when !path.IsEmpty => Values(structure[path.Span[0]], path[1..]),
        JsonValue value when path.IsEmpty => [Text(value)],
        _ => [],
    };

    private static string Text(JsonValue value) => value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
