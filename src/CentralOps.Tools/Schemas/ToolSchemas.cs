using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace CentralOps.Tools.Schemas;

/// <summary>JSON Schemas from the records that a tool reads and answers. Not used where a function starts: exporting takes milliseconds.</summary>
internal static class ToolSchemas
{
    private static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    /// <summary>Arguments: what may be left out is not required, and need not be null for that; other names are refused.</summary>
    public static JsonElement Input(JsonTypeInfo arguments)
    {
        var schema = Export(arguments);
        Close(schema);
        return Freeze(schema);
    }

    /// <summary>An answer, or a refusal, which tells account and region where the arguments were good enough to know them.</summary>
    public static JsonElement Output(JsonTypeInfo answer, JsonTypeInfo refusal)
    {
        var refused = Export(refusal);
        refused["required"] = new JsonArray("error");
        return Freeze(new JsonObject { ["type"] = "object", ["anyOf"] = new JsonArray(Export(answer), refused) });
    }

    private static JsonObject Export(JsonTypeInfo type) => type.GetJsonSchemaAsNode(Exporting).AsObject();

    private static JsonElement Freeze(JsonObject schema)
    {
        using var document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema || context.PropertyInfo?.AttributeProvider is not { } attributes)
        {
            return node;
        }

        if (Find<RangeAttribute>(attributes) is { Minimum: int minimum, Maximum: int maximum })
        {
            schema["minimum"] = minimum;
            schema["maximum"] = maximum;
        }

        if (Find<MaxItemsAttribute>(attributes) is { Count: var count })
        {
            schema["maxItems"] = count;
        }

        if (Find<DescriptionAttribute>(attributes) is { Description: var description })
        {
            schema.Insert(0, "description", description);
        }

        return schema;
    }

    private static T? Find<T>(ICustomAttributeProvider attributes)
        where T : Attribute => (T?)attributes.GetCustomAttributes(typeof(T), inherit: true).FirstOrDefault();

    private static void Close(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            schema["type"] = types.Select(static type => type!.GetValue<string>()).First(static type => type is not "null");
        }

        if (schema.TryGetPropertyValue("default", out var @default) && @default is null)
        {
            schema.Remove("default");
        }

        if (schema["properties"] is JsonObject properties)
        {
            schema["additionalProperties"] = false;
            foreach (var property in properties)
            {
                Close(property.Value!.AsObject());
            }
        }

        if (schema["items"] is JsonObject items)
        {
            Close(items);
        }
    }
}
