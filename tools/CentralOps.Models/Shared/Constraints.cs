using System.Text.Json.Nodes;

namespace CentralOps.Models.Shared;

/// <summary>What shapes demand of a value beyond its form: patterns and bounds. A file of its own, because only a server reads them.</summary>
public static class Constraints
{
    private static readonly string[] Keys = ["min", "max", "pattern"];

    /// <param name="description">The whole description.</param>
    /// <param name="shapes">Those that the reduction kept.</param>
    /// <param name="source">Where the description comes from.</param>
    public static string Write(JsonObject description, JsonObject shapes, JsonObject source)
    {
        var demands = new JsonObject();
        foreach (var (name, _) in shapes)
        {
            var demand = new JsonObject();
            foreach (var key in Keys)
            {
                if (description["shapes"]![name]![key] is { } value)
                {
                    demand.Add(key, value.DeepClone());
                }
            }

            if (demand.Count > 0)
            {
                demands.Add(name, demand);
            }
        }

        return ModelWriter.WriteShapes(new JsonObject { ["source"] = source.DeepClone() }, demands);
    }
}
