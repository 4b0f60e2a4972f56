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

        // The function was told who called, and AWS heard it.
        var trail = await up.CentralOpsAsync("sandbox", "trail", "--output", "json");
        trail.Out.Split('\n').ShouldContain(line => line.Contains("\"sourceIdentity\"", StringComparison.Ordinal) && line.Contains("Operator", StringComparison.Ordinal), trail.Error);
    }

    private static async Task<string> CurlAsync(RunningUp up, params string[] more)
    {
        var ran = await Ran.ProgramAsync("curl", [
            "-s", "-o", "/dev/null", "-w", "%{http_code}", up.GatewayUrl, .. more, "-H", "Content-Type: application/json",
            "-H", "Accept: application/json, text/event-stream", "-d", """{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""]);
        return ran.Out.Trim();
    }
}
