using System.Text.Json.Nodes;

namespace CentralOps.Models.Overlay;

/// <summary>Writes shapes of the long form in place, with all that they reach. A shape that holds itself keeps its name and goes into <see cref="Named"/>.</summary>
internal sealed class InlineWriter(JsonObject description)
{
    private readonly List<string> _open = [];

    public SortedDictionary<string, JsonObject> Named { get; } = new(StringComparer.Ordinal);

    public JsonObject Write(JsonObject reference)
    {
        var name = (string)reference["shape"]!;
        var inline = new JsonObject();
        DescriptionText.Copy(reference, inline, WireKeys.Reference);
        DescriptionText.Copy(reference, inline, WireKeys.Shape);
        if (!_open.Contains(name))
        {
            Fill(inline, name);
            return inline;
        }

        inline["shape"] = name;
        if (!Named.ContainsKey(name))
        {
            // The place is taken first: what is inside leads back here.
            var shape = Named[name] = [];
            Fill(shape, name);
        }

        return inline;
    }

    private void Fill(JsonObject inline, string name)
    {
        var shape = (JsonObject)description["shapes"]![name]!;
        DescriptionText.Copy(shape, inline, [.. WireKeys.Shape, "sensitive", "required"]);
        if (DescriptionText.TypeOf(shape) is var type and not "string")
        {
            inline["type"] = type;
        }

        _open.Add(name);
        if (shape["members"] is JsonObject members)
        {
            inline["members"] = new JsonObject(members.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Key, Write((JsonObject)member.Value!))));
        }

        foreach (var child in WireKeys.Children)
        {
            if (shape[child] is JsonObject one)
            {
                inline[child] = Write(one);
            }
        }

        _open.RemoveAt(_open.Count - 1);
    }
}
