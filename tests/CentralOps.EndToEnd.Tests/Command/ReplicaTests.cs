using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.EndToEnd.Tests.Harness;
using CentralOps.Gateway.Tests.Storage;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>Two gateways, two processes, one PostgreSQL.</summary>
public sealed class ReplicaTests
{
    private const string Tools = """
        [{"name": "describe_ec2_instances", "description": "Instances.", "inputSchema": {"type": "object", "properties": {"account_id": {"type": "string"}}, "required": ["account_id"]}}]
        """;

    [PostgresFact]
    public async Task What_is_made_on_one_is_served_by_the_other_which_outlives_it()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CENTRALOPS_DATABASE_URL"] = await (await PostgresServer.Shared).CreateDatabaseAsync(),
            ["CENTRALOPS_MASTER_KEY"] = "test:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };
        await using var other = await RunningUp.StartWithAsync(environment);
        var one = await RunningUp.StartWithAsync(environment);
        new Uri(one.GatewayUrl).AbsolutePath.ShouldBe(new Uri(other.GatewayUrl).AbsolutePath, "both keep one and the same gateway of 'up'");

        // 1. Made on one, called on the other.
        var tools = Path.Combine(one.State, "tools.json");
        await File.WriteAllTextAsync(tools, Tools);
        var made = await one.CentralOpsAsync("gateway", "create", "made-here", "--authorizer", "none", "--output", "json");
        made.ExitCode.ShouldBe(0, made.Error);
        var id = made.Json.GetProperty("gatewayId").GetString()!;
        var target = await one.CentralOpsAsync(
            "target", "add", "lambda", "machines", "--gateway", "made-here", "--lambda-arn", "arn:aws:lambda:us-east-1:111111111111:function:central-ops-ec2", "--tools", tools);
        target.ExitCode.ShouldBe(0, target.Error);
        var url = new Uri(new Uri(other.GatewayUrl), $"/{id}/mcp").AbsoluteUri;
        (await Eventually.TrueAsync(async () => IsAnswer(await AskAsync(url)))).ShouldBeTrue("made on one, it is not served by the other");

        // 2. One is killed in the middle of many calls; the other answers every one of its own.
        var calls = Enumerable.Range(0, 200).Select(number => AskAsync(number % 2 == 0 ? url : new Uri(new Uri(one.GatewayUrl), $"/{id}/mcp").AbsoluteUri)).ToList();
        Signals.Send(one.ProcessId, Signals.Kill);
        var answers = await Task.WhenAll(calls);
        answers.Where((_, number) => number % 2 == 0).ShouldAllBe(answer => IsAnswer(answer));
        await one.DisposeAsync();

        // 3. Nothing that was stored is lost, and what is made now is made.
        (await NamesAsync(other, "gateway", "list")).ShouldBe(["central-ops-gateway", "made-here"], ignoreOrder: true);
        (await NamesAsync(other, "target", "list", "--gateway", "made-here")).ShouldBe(["machines"]);
        (await other.CentralOpsAsync("target", "delete", "machines", "--gateway", "made-here")).ExitCode.ShouldBe(0);
        (await Eventually.TrueAsync(async () => !IsAnswer(await AskAsync(url)))).ShouldBeTrue();
    }

    private static async Task<JsonElement?> AskAsync(string url)
    {
        try
        {
            return await Calls.ToolAsync(url, "machines___describe_ec2_instances", new JsonObject { ["account_id"] = "222222222222" });
        }
        catch (Exception gone) when (gone is HttpRequestException or JsonException or IOException)
        {
            return null;
        }
    }

    private static bool IsAnswer(JsonElement? answer) =>
        answer is { } json && json.TryGetProperty("result", out var result) && !result.GetProperty("isError").GetBoolean();

    private static async Task<IEnumerable<string?>> NamesAsync(RunningUp up, params string[] command)
    {
        var listed = await up.CentralOpsAsync([.. command, "--output", "json"]);
        listed.ExitCode.ShouldBe(0, listed.Error);
        return listed.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString());
    }
}
