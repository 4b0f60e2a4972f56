using System.Text.Json;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary><c>up --auth iam</c>: a signature or nothing.</summary>
public sealed class SignedTests
{
    [NeedsFact("curl")]
    public async Task With_auth_iam_the_commands_sign_and_an_unsigned_or_wrongly_signed_request_is_refused()
    {
        await using var up = await RunningUp.StartAsync("--auth", "iam");
        var signed = await up.CentralOpsAsync("call", "describe_ec2_instances", "--account", "Production");
        signed.ExitCode.ShouldBe(0, signed.Error);

        (await CurlAsync(up)).ShouldBe("403");
        (await CurlAsync(up, "--aws-sigv4", "aws:amz:us-east-1:bedrock-agentcore", "--user", $"{up.KeyId}:{up.Secret}")).ShouldBe("200");
        (await CurlAsync(up, "--aws-sigv4", "aws:amz:us-east-1:bedrock-agentcore", "--user", $"{up.KeyId}:{new string('x', 40)}")).ShouldBe("403");
        (await CurlAsync(up, "--aws-sigv4", "aws:amz:us-east-1:execute-api", "--user", $"{up.KeyId}:{up.Secret}")).ShouldBe("403");
        up.Words.ShouldNotContain(up.Secret);
    }

    [Fact]
    public async Task In_CloudTrail_every_call_bears_the_name_of_who_signed_the_request()
    {
        await using var up = await RunningUp.StartAsync("--auth", "iam", "--record");
        await Task.WhenAll(
            from tool in new[] { "describe_ec2_instances", "list_s3_buckets", "list_lambda_functions", "describe_eks_clusters" }
            from account in new[] { "Production", "333333333333", "000000000001" }
            select up.CentralOpsAsync("call", tool, "--account", account));
        (await up.CentralOpsAsync("call", "list_accounts")).ExitCode.ShouldBe(0);

        var records = (await up.CentralOpsAsync("sandbox", "trail", "--limit", "10000", "--output", "json")).Json.GetProperty("Records").EnumerateArray().ToList();
        // The gateway invokes functions in its own name, with the id of the request.
        var called = records.Where(static record => Text(record, "userAgent").Contains("md/request#", StringComparison.Ordinal) && Text(record, "eventName") != "Invoke").ToList();
        called.Count.ShouldBeGreaterThan(8);
        var name = called.Select(static record => Text(record, "userIdentity", "sessionContext", "sourceIdentity")).Distinct().ShouldHaveSingleItem();
        name.ShouldStartWith("arn-aws-iam--111111111111-user-Operator=");
        called.ShouldAllBe(record => Text(record, "userIdentity", "arn").EndsWith("/" + name, StringComparison.Ordinal));

        // What else there is: the roles that were assumed, by the functions' own, and the directory's reading in its own name.
        var services = new[] { "ec2", "s3", "lambda", "eks" }.Select(static service => service + ".amazonaws.com").ToList();
        records.Except(called).Where(record => services.Contains(Text(record, "eventSource"))).ShouldAllBe(static record => Text(record, "eventName") == "Invoke");
        records.Where(static record => Text(record, "eventSource") == "organizations.amazonaws.com")
            .ShouldAllBe(static record => Text(record, "userIdentity", "sessionContext", "sourceIdentity") == "centralops-directory");

        // The ledger tells the same name of whoever it was.
        var searched = await up.CentralOpsAsync("ledger", "search", "--output", "json");
        searched.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => Text(JsonDocument.Parse(line).RootElement, "source_identity")).Distinct().ShouldBe([name]);
    }

    private static string Text(JsonElement json, params string[] path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return "";
            }
        }

        return json.GetString() ?? "";
    }

    private static async Task<string> CurlAsync(RunningUp up, params string[] more)
    {
        var ran = await Ran.ProgramAsync("curl", [
            "-s", "-o", "/dev/null", "-w", "%{http_code}", up.GatewayUrl, .. more, "-H", "Content-Type: application/json",
            "-H", "Accept: application/json, text/event-stream", "-d", """{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""]);
        return ran.Out.Trim();
    }
}
