using System.Globalization;
using System.Text.Json;

namespace CentralOps.Tools.Tests.Live;

/// <summary>Whether two answers say the same. Times may be written in different ways, and an empty list may be left out.</summary>
internal static class Same
{
    /// <summary>The first difference, or null.</summary>
    public static string? Difference(JsonElement ours, JsonElement theirs, string at)
    {
        if (IsEmpty(ours) && IsEmpty(theirs))
        {
            return null;
        }

        return (ours.ValueKind, theirs.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => Objects(ours, theirs, at),
            (JsonValueKind.Array, JsonValueKind.Array) => Lists(ours, theirs, at),
            (JsonValueKind.Number, JsonValueKind.Number) => ours.GetDouble().Equals(theirs.GetDouble()) ? null : Told(ours, theirs, at),
            (JsonValueKind.String, JsonValueKind.String) => ours.GetString() == theirs.GetString() || IsSameTime(ours, theirs) ? null : Told(ours, theirs, at),
            var (a, b) => a == b ? null : Told(ours, theirs, at),
        };
    }

    private static string? Objects(JsonElement ours, JsonElement theirs, string at) =>
        ours.EnumerateObject().Select(static member => member.Name).Union(theirs.EnumerateObject().Select(static member => member.Name))
            .Select(name => Difference(Member(ours, name), Member(theirs, name), $"{at}.{name}")).FirstOrDefault(static difference => difference is not null);

    private static string? Lists(JsonElement ours, JsonElement theirs, string at) => ours.GetArrayLength() != theirs.GetArrayLength()
        ? Told(ours, theirs, at)
        : ours.EnumerateArray().Zip(theirs.EnumerateArray()).Select((pair, index) => Difference(pair.First, pair.Second, $"{at}[{index}]"))
            .FirstOrDefault(static difference => difference is not null);

    private static JsonElement Member(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value : default;

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || (value.ValueKind is JsonValueKind.Array && value.GetArrayLength() == 0);

    private static bool IsSameTime(JsonElement ours, JsonElement theirs) =>
        ours.GetString()!.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(ours.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var a)
        && DateTimeOffset.TryParse(theirs.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var b)
        && (a - b).Duration() < TimeSpan.FromMilliseconds(1);

    private static string Told(JsonElement ours, JsonElement theirs, string at) => $"{at}: ours {Text(ours)}, theirs {Text(theirs)}";

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText();
}
