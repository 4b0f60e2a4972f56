using System.Text.Encodings.Web;
using System.Text.Json;

namespace CentralOps.Gateway.Control.Provisioning;

/// <summary>A target's catalogue as it is kept: what the target listed, whole and raw.</summary>
internal static class CatalogBytes
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(TargetCatalog catalog)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Plain))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("tools"u8);
            foreach (var tool in catalog.Tools)
            {
                Write(tool, writer);
            }

            writer.WriteEndArray();
            Write("prompts"u8, catalog.Prompts.Select(static prompt => prompt.Listed), writer);
            Write("resources"u8, catalog.Resources.Select(static resource => resource.Listed), writer);
            Write("resourceTemplates"u8, catalog.ResourceTemplates.Select(static template => template.Listed), writer);
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }

    public static TargetCatalog Read(ReadOnlyMemory<byte> bytes)
    {
        // Kept: the catalogue's elements are parts of it.
        var root = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 128 }).RootElement;
        return new TargetCatalog
        {
            Tools = [.. root.GetProperty("tools"u8).EnumerateArray().Select(Tool)],
            Prompts = [.. root.GetProperty("prompts"u8).EnumerateArray().Select(static listed => new PromptDefinition(Text(listed, "name"u8), listed))],
            Resources = [.. root.GetProperty("resources"u8).EnumerateArray().Select(static listed => new ResourceDefinition(Text(listed, "uri"u8), listed))],
            ResourceTemplates =
                [.. root.GetProperty("resourceTemplates"u8).EnumerateArray().Select(static listed => new ResourceTemplateDefinition(Text(listed, "uriTemplate"u8), listed))],
        };
    }

    private static void Write(ToolDefinition tool, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (tool.Listed is { } listed)
        {
            writer.WritePropertyName("listed"u8);
            listed.WriteTo(writer);
        }
        else
        {
            writer.WriteString("name"u8, tool.Name);
            writer.WriteString("description"u8, tool.Description);
            writer.WritePropertyName("inputSchema"u8);
            tool.InputSchema.WriteTo(writer);
            if (tool.OutputSchema is { } output)
            {
                writer.WritePropertyName("outputSchema"u8);
                output.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void Write(ReadOnlySpan<byte> name, IEnumerable<JsonElement> listed, Utf8JsonWriter writer)
    {
        writer.WriteStartArray(name);
        foreach (var element in listed)
        {
            element.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static ToolDefinition Tool(JsonElement kept)
    {
        var whole = kept.TryGetProperty("listed"u8, out var listed);
        var tool = whole ? listed : kept;
        var description = tool.TryGetProperty("description"u8, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        JsonElement? output = tool.TryGetProperty("outputSchema"u8, out var schema) ? schema : null;
        return new ToolDefinition(Text(tool, "name"u8), description, tool.GetProperty("inputSchema"u8), output) { Listed = whole ? listed : null };
    }

    private static string Text(JsonElement element, ReadOnlySpan<byte> member) => element.GetProperty(member).GetString()!;
}
