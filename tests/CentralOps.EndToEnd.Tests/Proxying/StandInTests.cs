using CentralOps.EndToEnd.Tests.Harness;
using CentralOps.EndToEnd.Tests.RealAccounts;
using Xunit.Abstractions;

namespace CentralOps.EndToEnd.Tests.Proxying;

/// <summary>
/// The official TypeScript clients, each with a <c>centralops proxy</c> of its own, before the stand-in for the AWS MCP Server: its quotas on, and sessions of roles that
/// end after 20 seconds.
/// </summary>
public sealed class StandInTests(ITestOutputHelper output)
{
    private const string Sdk = "node_modules/@modelcontextprotocol/sdk/package.json";

    [NeedsFact("node", Sdk)]
    public Task A_hundred_calls_over_ten_accounts_by_eight_clients_lose_nothing() => RushAsync(accounts: 10, calls: 100);

    /// <summary>With <c>CENTRALOPS_RUSH=full</c>.</summary>
    [RushFact]
    public Task A_thousand_calls_over_fifty_accounts_by_eight_clients_lose_nothing() => RushAsync(accounts: 50, calls: 1000);

    private async Task RushAsync(int accounts, int calls)
    {
        await using var up = await RunningUp.StartAsync("--accounts", $"{accounts + 5}");
        using var person = new Person(up.SandboxUrl, (up.KeyId, up.Secret));
        (await up.CentralOpsAsync("sandbox", "fault", "add", "session-lifetime", "--lifetime", "20s")).ExitCode.ShouldBe(0);
        var listed = await up.CentralOpsAsync("call", "list_accounts", "--arg", "limit=1000", "--output", "json");
        var named = listed.Json.GetProperty("accounts").EnumerateArray()
            .Where(static account => account.GetProperty("Status").GetString() == "ACTIVE" && account.GetProperty("Name").GetString() is not ("Management" or "Central Operations"))
            .Select(static account => account.GetProperty("Id").GetString()!).Take(accounts).ToList();
        named.Count.ShouldBe(accounts);

        string[] proxy = [Repository.Command, "proxy", new Uri(new Uri(up.SandboxUrl), "/mcp").AbsoluteUri, "--service", "aws-mcp", "--region", "us-east-1", "--profile", "operator", "--timeout", "10m"];
        var ran = await Ran.ProgramAsync("node", ["rush.mjs", "8", $"{calls}", string.Join(',', named), .. proxy], Repository.Clients, person.Environment);
        ran.ExitCode.ShouldBe(0, ran.Error);
        output.WriteLine(ran.Out);
        var outcome = ran.Json;
        outcome.GetProperty("wrong").EnumerateArray().Select(static words => words.GetString()).ShouldBeEmpty();
        (outcome.GetProperty("answered").GetInt32() + outcome.GetProperty("throttled").GetInt32()).ShouldBe(calls);
        outcome.GetProperty("answered").GetInt32().ShouldBeGreaterThan(calls / 2);
        outcome.GetProperty("versions").EnumerateArray().Select(static version => version.GetString()).Distinct().Order(StringComparer.Ordinal).ShouldBe(["2025-11-25", "2026-07-28"]);

        // The sandbox wrote down what ran, and as whom.
        var trail = (await up.CentralOpsAsync("sandbox", "trail", "--limit", "10000", "--output", "json")).Json.GetProperty("Records").EnumerateArray().ToList();
        var made = trail.Where(static record => record.GetProperty("eventName").GetString() == "CallReadOnlyTool").ToList();
        made.ShouldAllBe(static record => record.GetProperty("userIdentity").GetProperty("arn").GetString()!.Contains(":assumed-role/CentralOpsTargetRole/", StringComparison.Ordinal));
        trail.Count(static record => record.GetProperty("eventName").GetString() == "AssumeRole").ShouldBeGreaterThan(accounts, "sessions were renewed");
    }

    private sealed class RushFactAttribute : FactAttribute
    {
        public RushFactAttribute() => Skip = !File.Exists(Path.Combine(Repository.Clients, Sdk)) ? "The TypeScript SDK is not on this machine."
            : Environment.GetEnvironmentVariable("CENTRALOPS_RUSH") is "full" ? null
            : "It takes a minute or two: set CENTRALOPS_RUSH=full to run it.";
    }
}
