using System.Text.Json;

namespace CentralOps.Gateway.Catalog;

/// <summary>What an MCP server listed, listed again: every member as it came, the naming one replaced.</summary>
internal static class ListedObject
{
    public static void Write(Utf8JsonWriter json, JsonElement listed, string member, string value)
    {
        json.WriteStartObject();
        json.WriteString(member, value);
        foreach (var other in listed.EnumerateObject())
        {
            if (!other.NameEquals(member))
            {
                other.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }
}
