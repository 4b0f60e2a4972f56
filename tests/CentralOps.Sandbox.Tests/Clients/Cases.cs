using System.Text.Json;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Tests.Clients;

/// <summary>All cases, and what their tables share.</summary>
internal static partial class Cases
{
    public static IReadOnlyList<ClientCase> All { get; } =
    [
        .. Ec2, .. Rds, .. S3, .. Lambda, .. Containers, .. CloudWatch, .. Directory,
    ];

    private static readonly JsonElement Nothing = JsonSerializer.Deserialize<JsonElement>("[]");

    private static RegionResources Production => Estate.Default.Resources("222222222222", "us-east-1");

    /// <summary>The list of that name has so many items.</summary>
    private static Action<JsonElement> Counts(string list, int count) => answer => (answer.TryGetProperty(list, out var items) ? items.GetArrayLength() : 0).ShouldBe(count);

    /// <summary>A member of the items has exactly these values, in this order.</summary>
    private static Action<JsonElement> Tells(string list, string member, IEnumerable<string> values) =>
        answer => Items(answer, list).Select(item => item.GetProperty(member).GetString()).ShouldBe(values);

    /// <summary>A member of the items has exactly these values, in any order.</summary>
    private static Action<JsonElement> Holds(string list, string member, IEnumerable<string> values) =>
        answer => Items(answer, list).Select(item => item.GetProperty(member).GetString()!).Order(StringComparer.Ordinal).ShouldBe(values.Order(StringComparer.Ordinal));

    private static Action<JsonElement> Is(string member, string value) => answer => answer.GetProperty(member).ToString().ShouldBe(value);

    private static JsonElement.ArrayEnumerator Items(JsonElement answer, string list) => (answer.TryGetProperty(list, out var items) ? items : Nothing).EnumerateArray();

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static string Filter(string name, params string[] values) => $$"""{"Filters": [{"Name": {{Json(name)}}, "Values": {{JsonSerializer.Serialize(values)}}}]}""";
}
