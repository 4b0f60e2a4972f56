using System.Text.Json;

namespace CentralOps.Sandbox.Tests.Clients;

/// <summary>Where two clients' answers differ. An older client does not know younger members; all that it tells must be the same.</summary>
internal static class Differences
{
    public static IEnumerable<string> Between(JsonElement newest, JsonElement other, string place = "")
    {
        if (other.ValueKind == JsonValueKind.Object && newest.ValueKind == JsonValueKind.Object)
        {
            return other.EnumerateObject().SelectMany(member => newest.TryGetProperty(member.Name, out var same)
                ? Between(same, member.Value, $"{place}.{member.Name}")
                : [$"{place}.{member.Name} is {member.Value} only here"]);
        }

        if (other.ValueKind == JsonValueKind.Array && newest.ValueKind == JsonValueKind.Array && other.GetArrayLength() == newest.GetArrayLength())
        {
            return newest.EnumerateArray().Zip(other.EnumerateArray()).SelectMany((pair, index) => Between(pair.First, pair.Second, $"{place}[{index}]"));
        }

        return Equal(newest, other) ? [] : [$"{place}: {newest} and {other}"];
    }

    private static bool Equal(JsonElement one, JsonElement other) => one.ValueKind == JsonValueKind.Number && other.ValueKind == JsonValueKind.Number
        ? Math.Abs(one.GetDouble() - other.GetDouble()) <= 1e-9 * Math.Abs(one.GetDouble())
        : JsonElement.DeepEquals(one, other);
}
