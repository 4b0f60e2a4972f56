using System.Buffers;
using System.Text.Json;

namespace CentralOps.Cli.Asking;

/// <summary>An answer over many accounts, as rows: each with the account and region that it is of.</summary>
internal static class FleetRows
{
    private static readonly string[] Place = ["account_id", "account_name", "region"];

    /// <summary>The items, or the things, of all places.</summary>
    /// <param name="places">The answer's <c>results</c>.</param>
    public static IEnumerable<JsonElement> Of(JsonElement places) => places.EnumerateArray().SelectMany(static place => ItemsOf(place).Select(item => Row(place, item)));

    private static List<JsonElement> ItemsOf(JsonElement place)
    {
        foreach (var member in place.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                return [member.Value];
            }

            if (member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.Object))
            {
                return [.. member.Value.EnumerateArray()];
            }
        }

        return [];
    }

    private static JsonElement Row(JsonElement place, JsonElement item)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var name in Place.Where(name => place.TryGetProperty(name, out _)))
            {
                json.WritePropertyName(name);
                place.GetProperty(name).WriteTo(json);
            }

            foreach (var member in item.EnumerateObject().Where(static member => !Place.Contains(member.Name, StringComparer.Ordinal)))
            {
                member.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(output.WrittenSpan);
    }
}
