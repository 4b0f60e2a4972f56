using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Models;

/// <summary>Writes a description so that a person can read its changes: one line an operation, one line a shape, in order of their names.</summary>
public static class ModelWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonObject model)
    {
        var text = new StringBuilder("{\n");
        text.Append("\"metadata\":").Append(Line(model["metadata"]!)).Append(",\n");
        AppendObject(text, "operations", model["operations"]!.AsObject());
        text.Append(",\n");
        AppendObject(text, "shapes", model["shapes"]!.AsObject());
        return text.Append("\n}\n").ToString();
    }

    /// <summary>Metadata and shapes alone.</summary>
    public static string WriteShapes(JsonObject metadata, JsonObject shapes)
    {
        var text = new StringBuilder("{\n");
        text.Append("\"metadata\":").Append(Line(metadata)).Append(",\n");
        AppendObject(text, "shapes", shapes);
        return text.Append("\n}\n").ToString();
    }

    private static void AppendObject(StringBuilder text, string name, JsonObject entries)
    {
        text.Append('"').Append(name).Append("\":{\n");
        text.AppendJoin(",\n", entries.Select(entry => $"\"{entry.Key}\":{Line(entry.Value!)}")).Append("\n}");
    }

    private static string Line(JsonNode node)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
