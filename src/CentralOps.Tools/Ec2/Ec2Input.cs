using System.Text.Json;

namespace CentralOps.Tools.Ec2;

/// <summary>Members that inputs of EC2's operations have in common; an empty list is left out.</summary>
internal static class Ec2Input
{
    public static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static void WriteFilters(Utf8JsonWriter json, IReadOnlyList<Ec2Filter> filters)
    {
        if (filters.Count == 0)
        {
            return;
        }

        json.WriteStartArray("Filters"u8);
        foreach (var filter in filters)
        {
            json.WriteStartObject();
            json.WriteString("Name"u8, filter.Name);
            WriteTexts(json, "Values"u8, filter.Values);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
