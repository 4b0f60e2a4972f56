using System.Text.Json;

namespace CentralOps.Conformance.Suites;

/// <summary>One thing that a scenario looked at.</summary>
/// <param name="Status">SUCCESS, FAILURE, WARNING, INFO or SKIPPED, in the suite's own words.</param>
internal sealed record Check(string Id, string Status, string? Message)
{
    public static IReadOnlyList<Check> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.EnumerateArray().Select(check => new Check(
            check.GetProperty("id").GetString()!,
            check.GetProperty("status").GetString()!,
            check.TryGetProperty("errorMessage", out var message) ? message.GetString() : null))];
    }
}
