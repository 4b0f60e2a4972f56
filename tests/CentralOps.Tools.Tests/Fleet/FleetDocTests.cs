using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using CentralOps.Tools.Tests.Live;

namespace CentralOps.Tools.Tests.Fleet;

/// <summary>What docs/fleet.md shows runs, and answers so.</summary>
public sealed partial class FleetDocTests(SandboxAccounts sandbox) : IClassFixture<SandboxAccounts>
{
    [Fact]
    public async Task Every_example_is_answered_without_failures()
    {
        var examples = Example().Matches(await PageAsync());
        examples.Count.ShouldBeGreaterThan(1);
        foreach (Match example in examples)
        {
            var answer = await sandbox.Tools.AskAsync(example.Groups[1].Value, example.Groups[2].Value, CancellationToken.None);
            answer.TryGetProperty("error", out var error).ShouldBeFalse(error.ToString());
            answer.GetProperty("summary").GetProperty("items").GetInt32().ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task The_answer_that_is_shown_is_the_first_examples()
    {
        var page = await PageAsync();
        var example = Example().Match(page);
        var answer = await sandbox.Tools.AskAsync(example.Groups[1].Value, example.Groups[2].Value, CancellationToken.None);
        var shown = JsonDocument.Parse(Answer().Match(page).Groups[1].Value).RootElement;
        shown.EnumerateObject().Select(static member => member.Name).ShouldBe(answer.EnumerateObject().Select(static member => member.Name));
        var (told, found) = (shown.GetProperty("summary"), answer.GetProperty("summary"));
        told.EnumerateObject().Select(static member => member.Name).ShouldBe(found.EnumerateObject().Select(static member => member.Name));
        foreach (var name in new[] { "accounts", "regions", "succeeded", "empty", "failed", "skipped", "items" })
        {
            told.GetProperty(name).GetInt32().ShouldBe(found.GetProperty(name).GetInt32(), $"{name}: {found}");
        }

        var place = shown.GetProperty("results")[0];
        var same = answer.GetProperty("results").EnumerateArray().Single(one => one.GetProperty("account_id").GetString() == place.GetProperty("account_id").GetString() && one.GetProperty("region").GetString() == place.GetProperty("region").GetString());
        same.EnumerateObject().Select(static member => member.Name).ShouldBe(place.EnumerateObject().Select(static member => member.Name));
        same.GetProperty("instance_count").GetInt32().ShouldBe(place.GetProperty("instance_count").GetInt32());
        same.GetProperty("instances")[0].GetProperty("InstanceId").GetString().ShouldBe(place.GetProperty("instances")[0].GetProperty("InstanceId").GetString());
        shown.GetProperty("failures")[0].EnumerateObject().Select(static member => member.Name).ShouldBe(["account_id", "region", "part", "stage", "code", "message", "remedy"]);
    }

    private static Task<string> PageAsync([CallerFilePath] string here = "") =>
        File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "fleet.md"));

    [GeneratedRegex(@"^\./centralops call (\w+) --json '([^']+)'$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Answer();
}
