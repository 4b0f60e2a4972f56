using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.EndToEnd.Tests.Harness;
using CentralOps.Tools.Tests.Live;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>
/// The real gateway and function processes at their most talkative, asked for everything, refused and broken: what clients, logs, trail
/// and commands show holds no secret. The sessions themselves are scanned for in process, where their keys are known.
/// </summary>
public sealed class LeakTests : IAsyncLifetime
{
    private const string Member = "222222222222";

    private readonly LeakScan _scan = new();
    private readonly List<(string Where, string Text)> _texts = [];
    private RunningUp _up = null!;

    public async Task InitializeAsync() => _up = await RunningUp.StartAsync("--verbose");

    public async Task DisposeAsync() => await _up.DisposeAsync();

    [Fact]
    public async Task No_answer_log_line_trail_or_command_shows_a_secret()
    {
        var dialogue = new Dialogue(_up.GatewayUrl, "2025-11-25");
        await dialogue.BeginAsync();
        await AskAllAsync(dialogue, Member, "us-east-1");
        await AskAllAsync(dialogue, "Payments", "eu-west-1");
        await AskAllAsync(dialogue, "131313131313", "us-east-1");
        await AskAsync(dialogue, "get_lambda_function", new JsonObject { ["account_id"] = Member, ["function_name"] = "no\u202E\u001B[31m" });
        await AskAsync(dialogue, "describe_ec2_instances", new JsonObject { ["account_id"] = "nobody\u202E\u0085", ["region"] = "mars\u200F-1" });
        await AskAsync(dialogue, "describe_ec2_instances", new JsonObject { ["account_id"] = Member, ["na\u202Eme"] = "x" });
        foreach (var kind in new[] { "deny", "malformed", "truncated", "drop", "expired" })
        {
            (await _up.CentralOpsAsync("sandbox", "fault", "add", kind, "--account", Member)).ExitCode.ShouldBe(0);
        }

        foreach (var tool in new[] { "describe_ec2_vpcs", "list_s3_buckets", "list_lambda_functions" })
        {
            await AskAsync(dialogue, tool, new JsonObject { ["account_id"] = Member });
        }

        // The keys that the processes were given, which any of them could have written down.
        foreach (var (function, pid) in await _up.FunctionsAsync())
        {
            var environment = (await File.ReadAllTextAsync($"/proc/{pid}/environ")).Split('\0').Select(static line => line.Split('=', 2)).Where(static pair => pair.Length == 2)
                .ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
            environment.ShouldContainKey("AWS_SESSION_TOKEN", function);
            _scan.Keep(environment["AWS_SECRET_ACCESS_KEY"], environment["AWS_SESSION_TOKEN"]);
        }

        _scan.Keep(_up.Secret, null);
        See("trail", (await _up.CentralOpsAsync("sandbox", "trail", "--output", "json")).Out);
        See("trail for people", (await _up.CentralOpsAsync("sandbox", "trail")).Out);
        See("faults", (await _up.CentralOpsAsync("sandbox", "fault", "list")).Out);
        var called = await _up.CentralOpsAsync("call", "list_lambda_functions", "account_id=Staging");
        See("call", called.Out + called.Error);
        (await _up.InterruptAsync()).ShouldBe(0);
        See("logs", _up.Words);

        _scan.LookForKeys(_texts);
        _scan.Leaks.Distinct().Take(30).ShouldBeEmpty();
        _scan.Secrets.ShouldBeGreaterThan(5);
        _scan.Read.ShouldBeGreaterThan(200_000);
    }

    private async Task AskAllAsync(Dialogue dialogue, string account, string region)
    {
        foreach (var tool in dialogue.Tools.Except(["get_cloudwatch_metrics", "get_s3_bucket_info", "get_lambda_function"]))
        {
            var arguments = tool switch
            {
                "list_accounts" => new JsonObject { ["check_access"] = true },
                "get_account_metadata" => new JsonObject { ["account_id"] = account },
                _ => new JsonObject { ["account_id"] = account, ["region"] = region, ["limit"] = 1000 },
            };
            var answer = await AskAsync(dialogue, tool, arguments);
            foreach (var (list, thing, argument, name) in new[] { ("functions", "get_lambda_function", "function_name", "FunctionName"), ("buckets", "get_s3_bucket_info", "bucket", "Name") })
            {
                if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(list, out var items))
                {
                    foreach (var item in items.EnumerateArray())
                    {
                        await AskAsync(dialogue, thing, new JsonObject { ["account_id"] = account, ["region"] = region, [argument] = item.GetProperty(name).GetString() });
                    }
                }
            }
        }
    }

    private async Task<JsonElement> AskAsync(Dialogue dialogue, string tool, JsonObject arguments)
    {
        var (answer, text) = await dialogue.CallAsync(tool, arguments);
        See($"{tool} {arguments.ToJsonString()}", text);
        return answer;
    }

    private void See(string where, string text)
    {
        _texts.Add((where, text));
        _scan.Look(where, text, withCharacters: where != "logs" && where != "call");
    }
}
