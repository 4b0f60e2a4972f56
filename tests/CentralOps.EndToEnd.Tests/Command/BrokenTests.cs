using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>Broken accounts and faults through the real gateway and function processes, all at once: each its own stage, the others whole.</summary>
[Collection("up")]
public sealed class BrokenTests(SharedUp shared)
{
    private static readonly string[] Tools = ["describe_ec2_vpcs", "list_lambda_functions", "describe_rds_instances", "list_ecs_clusters"];

    private static readonly (string Account, string Region, string Stage)[] Broken =
    [
        ("Legacy CRM", "us-east-1", "assume_role"),
        ("Sandbox Team", "us-east-1", "account_suspended"),
        ("Network", "ap-southeast-3", "region_disabled"),
        ("Payments", "us-east-1", "scp"),
    ];

    private static readonly (string Account, string Stage, string[] Fault)[] Faulty =
    [
        ("Production", "throttled", ["throttle"]),
        ("Staging", "service", ["deny"]),
        ("Development", "scp", ["deny", "--policy", "scp", "--explicit"]),
        ("Security Tooling", "network", ["drop"]),
        ("Log Archive", "network", ["drop-after-head"]),
        ("Shared Services", "network", ["malformed"]),
        ("Network", "network", ["truncated"]),
        ("Data Platform", "expired", ["expired"]),
    ];

    [Fact]
    public async Task Each_tells_its_own_stage_and_remedy_and_nobody_else_suffers()
    {
        var up = shared.Up;
        var dialogue = new Dialogue(up.GatewayUrl, "2025-11-25");
        await dialogue.BeginAsync();
        var sound = Faulty.Select(static one => new Place(one.Account, "us-west-2")).Append(new Place("Central Operations", "us-east-1")).ToList();
        var before = await Task.WhenAll(sound.SelectMany(one => Tools.Select(tool => AskAsync(dialogue, tool, one))));
        foreach (var (account, _, fault) in Faulty)
        {
            (await up.CentralOpsAsync(["sandbox", "fault", "add", .. fault, "--account", account, "--region", "us-east-1"])).ExitCode.ShouldBe(0);
        }

        try
        {
            var started = Stopwatch.GetTimestamp();
            var asked = Broken.Concat(Faulty.Select(static one => (one.Account, Region: "us-east-1", one.Stage)))
                .SelectMany(static one => Tools.Select(tool => (Tool: tool, Place: new Place(one.Account, one.Region), one.Stage))).ToList();
            var hurt = Task.WhenAll(asked.Select(question => AskAsync(dialogue, question.Tool, question.Place)));
            var after = await Task.WhenAll(sound.SelectMany(one => Tools.Select(tool => AskAsync(dialogue, tool, one))));
            after.Select(static answer => answer.GetRawText()).ShouldBe(before.Select(static answer => answer.GetRawText()));
            before.ShouldAllBe(static answer => !answer.ToString().Contains("\"error\":{", StringComparison.Ordinal));
            foreach (var (question, answer) in asked.Zip(await hurt))
            {
                answer.TryGetProperty("error", out var error).ShouldBeTrue($"{question}: {answer}");
                error.GetProperty("stage").GetString().ShouldBe(question.Stage, $"{question}: {error}");
                error.GetProperty("remedy").GetString().ShouldNotBeNullOrEmpty();
            }

            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(40));
        }
        finally
        {
            (await up.CentralOpsAsync("sandbox", "fault", "clear")).ExitCode.ShouldBe(0);
        }
    }

    private static async Task<JsonElement> AskAsync(Dialogue dialogue, string tool, Place place)
    {
        var (answer, text) = await dialogue.CallAsync(tool, new JsonObject { ["account_id"] = place.Account, ["region"] = place.Region });
        return answer.ValueKind == JsonValueKind.Object ? answer : JsonDocument.Parse(text).RootElement;
    }

    private sealed record Place(string Account, string Region);
}
