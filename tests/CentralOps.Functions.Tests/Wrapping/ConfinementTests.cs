using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.Trail;
using static CentralOps.Functions.Tests.Wrapping.ScriptAttempts;

namespace CentralOps.Functions.Tests.Wrapping;

/// <summary>A script in an account whose role may do everything: what the session policies of the wrapper leave of that.</summary>
public sealed class ConfinementTests
{
    private const string Account = "222222222222";

    [ScriptFact]
    public async Task Forty_writes_and_ten_secret_reads_are_each_refused_by_the_policies_where_the_role_is_an_administrator()
    {
        await using var stage = await WrapperStage.StartAsync();

        var tried = await TryAllAsync(stage, [.. Writes, .. Secrets]);

        Writes.Length.ShouldBe(40);
        Secrets.Length.ShouldBe(10);
        tried.Where(one => !IsDenied(one.Value)).Select(one => $"{one.Key}: {one.Value}").ShouldBeEmpty();
        tried.Count.ShouldBe(50);

        // The sandbox itself wrote each refusal down, as a call of the confined session that came through the server.
        var refused = stage.Sandbox.Trail.Find(new TrailQuery(Account: Account, Errors: true)).Where(call => call.InvokedBy == "aws-mcp.amazonaws.com").ToList();
        refused.Count.ShouldBe(50);
        refused.ShouldAllBe(call => call.IssuerArn == "arn:aws:iam::222222222222:role/CentralOpsTargetRole" && call.ErrorMessage!.Contains("session policy"));
    }

    [ScriptFact]
    public async Task The_same_script_with_the_roles_own_session_would_have_got_through()
    {
        // What shows that it is the confinement that refuses, and not the sandbox: an unconfined session hears that operations are not served, or an answer.
        await using var stage = await WrapperStage.StartAsync();
        var session = stage.Sandbox.SessionOf("arn:aws:iam::222222222222:role/CentralOpsTargetRole", "unconfined", TimeSpan.FromMinutes(15));

        var tried = await TryAllAsync(stage, Writes, session);

        tried.Count.ShouldBe(40);
        tried.Where(one => IsDenied(one.Value)).Select(one => $"{one.Key}: {one.Value}").ShouldBeEmpty();
    }

    private static async Task<Dictionary<string, string>> TryAllAsync(WrapperStage stage, (string Service, string Method, string Arguments)[] attempts, Aws.Credentials.AwsCredentials? own = null)
    {
        var keys = own is null ? null : $"{{'aws_access_key_id': '{own.AccessKeyId}', 'aws_secret_access_key': '{own.SecretAccessKey}', 'aws_session_token': '{own.SessionToken}'}}";
        var answer = await stage.AskUrlAsync("tools/call", new JsonObject
        {
            ["name"] = "aws___run_script",
            ["arguments"] = new JsonObject { ["account_id"] = Account, ["code"] = Script(attempts, keys) },
        });
        var result = answer.GetProperty("result").GetProperty("structuredContent");
        result.GetProperty("status").GetString().ShouldBe("succeeded", result.GetProperty("stderr").GetString());
        return JsonSerializer.Deserialize<Dictionary<string, string>>(result.GetProperty("stdout").GetString()!)!;
    }
}
