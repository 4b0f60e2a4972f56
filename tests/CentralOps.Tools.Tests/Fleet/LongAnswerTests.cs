using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Sealing;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.Fleet;

/// <summary>
/// An answer that no agent could read at once, followed to its end by two processes in turn within the usual budget, while accounts that the
/// question takes in come, grow and go. CENTRALOPS_LONG=1 follows one of 50 MB.
/// </summary>
public sealed class LongAnswerTests
{
    private const string Tool = "describe_ec2_instances";
    private const int Budget = 40 * 1024;

    private static readonly int Megabytes = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is { Length: > 0 } ? 50 : 4;

    [Fact]
    public async Task An_answer_of_many_megabytes_has_no_gap_and_no_duplicate()
    {
        // Ten accounts that stay, in two regions each, of 2 KB instances; every third account comes, grows or goes.
        const int itemBytes = 2048;
        var each = Megabytes * 1024 * 1024 / itemBytes / 20;
        var fleet = StubFleet.Of(15, 2, (account, _) => IsPassing(account) ? 30 : each);
        fleet.TagLength = itemBytes - 150;
        var staying = fleet.All().Where(static item => !IsPassing(int.Parse(item.AsSpan(1, 11), System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var (time, keys) = (new ManualTime(), TokenKeys.New());
        ToolRunner[] processes = [new(fleet.Aws, time) { TokenKeys = keys }, new(fleet.Aws, time) { TokenKeys = keys }];
        var arguments = new JsonObject { ["accounts"] = "all", ["region"] = "all" };
        var (seen, bytes, pages) = (new List<string>(), 0L, 0);
        do
        {
            var page = await processes[pages % 2].RunAsync(Tool, arguments.ToJsonString());
            page.TryGetProperty("error", out var error).ShouldBeFalse(error.ToString());
            var length = page.GetRawText().Length;
            length.ShouldBeLessThanOrEqualTo(Budget);
            (bytes, pages) = (bytes + length, pages + 1);
            seen.AddRange(StubFleet.Of(page));
            arguments["next_token"] = page.GetProperty("next_token").GetString();
            Change(fleet, pages);
            time.Advance(TimeSpan.FromSeconds(7));
        }
        while (arguments["next_token"] is not null && pages < 10_000);

        bytes.ShouldBeGreaterThan(Megabytes * 1024L * 1024);
        pages.ShouldBeLessThan((int)(bytes / (Budget * 2 / 3)), "pages are filled");
        seen.ShouldBeUnique();
        seen.Where(staying.ToHashSet(StringComparer.Ordinal).Contains).ShouldBe(staying);
    }

    private static bool IsPassing(int account) => account % 3 == 1;

    private static void Change(StubFleet fleet, int page)
    {
        var account = StubFleet.Id((((page % 5) * 3) + 1) % 15);
        if (page % 2 == 0)
        {
            fleet.Remove(account);
            return;
        }

        fleet.Set(account, StubFleet.Region(0), page % 90);
        fleet.Set(account, StubFleet.Region(1), 5);
    }
}
