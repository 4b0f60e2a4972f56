using System.Text.Json.Nodes;

namespace CentralOps.Models.Overlay;

/// <summary>The errors of a service's operations: each once, and who throws which.</summary>
internal static class ErrorList
{
    /// <summary>Adds <c>errors</c>, shapes by name, and <c>throws</c>: positions in it to the operations that declare exactly these.</summary>
    public static void Add(JsonObject overlay, JsonObject minified, JsonObject current, InlineWriter inline)
    {
        var errors = new JsonObject();
        var throws = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (name, _) in (JsonObject)minified["operations"]!)
        {
            var declared = (current["operations"]![name]?["errors"]?.AsArray() ?? []).Select(error => (string)error!["shape"]!).Distinct(StringComparer.Ordinal).ToList();
            if (declared.Count == 0)
            {
                continue;
            }

            foreach (var error in declared.Where(error => !errors.ContainsKey(error)))
            {
                errors[error] = ShapeOf(current, error, inline);
            }

            var places = string.Join(' ', declared.Select(error => errors.IndexOf(error)));
            if (!throws.TryGetValue(places, out var operations))
            {
                throws.Add(places, operations = []);
            }

            operations.Add(name);
        }

        if (errors.Count > 0)
        {
            overlay["errors"] = errors;
            overlay["throws"] = new JsonObject(throws.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, string.Join(' ', pair.Value))));
        }
    }

    private static JsonObject ShapeOf(JsonObject current, string name, InlineWriter inline)
    {
        var source = (JsonObject)current["shapes"]![name]!;
        var shape = inline.Write(new JsonObject { ["shape"] = name });
        shape.Remove("required");
        DescriptionText.Copy(source, shape, ["error", "exception", "fault"]);
        return shape;
    }
}
