using System.Text.Json;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Peers;

/// <summary>AWS's own CLI and SDK against the sandbox of the running 'up', with the operator's key that 'status' tells.</summary>
[Collection("up")]
public sealed class AwsClientTests(SharedUp shared)
{
    private const string Aws = "/usr/bin/aws";

    [NeedsFact(Aws)]
    public async Task The_aws_cli_assumes_the_role_and_describes_the_instances_that_the_tool_tells()
    {
        var credentials = (await AwsAsync(Operator(shared.Up.Secret), "sts", "assume-role", "--role-arn", "arn:aws:iam::222222222222:role/CentralOpsTargetRole", "--role-session-name", "end-to-end"))
            .Json.GetProperty("Credentials");
        var described = await AwsAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["AWS_ACCESS_KEY_ID"] = credentials.GetProperty("AccessKeyId").GetString()!,
                ["AWS_SECRET_ACCESS_KEY"] = credentials.GetProperty("SecretAccessKey").GetString()!,
                ["AWS_SESSION_TOKEN"] = credentials.GetProperty("SessionToken").GetString()!,
            },
            "ec2", "describe-instances", "--query", "Reservations[].Instances[].InstanceId");
        described.Json.EnumerateArray().Select(id => id.GetString()!).ShouldBe(await ToolAnswerAsync(), ignoreOrder: true);
    }

    [NeedsFact(Aws)]
    public async Task The_aws_cli_with_a_wrong_secret_is_refused()
    {
        var ran = await Ran.ProgramAsync(Aws, Line("sts", "get-caller-identity"), environment: Operator(new string('x', 40)));
        ran.ExitCode.ShouldNotBe(0);
        ran.Error.ShouldContain("SignatureDoesNotMatch");
    }

    [NeedsFact("/usr/bin/python3", "/usr/lib/python3/dist-packages/boto3/__init__.py")]
    public Task Debians_boto3_assumes_the_role_pages_through_the_instances_and_is_refused_with_a_wrong_secret() => BotoAsync("/usr/bin/python3");

    [ImageBotoFact]
    public Task A_current_boto3_assumes_the_role_pages_through_the_instances_and_is_refused_with_a_wrong_secret() => BotoAsync(ImageBotoFactAttribute.Python!);

    private async Task BotoAsync(string python)
    {
        var ran = await Ran.ProgramAsync(python, [Path.Combine(Repository.Clients, "boto.py"), shared.Up.SandboxUrl, shared.Up.KeyId, shared.Up.Secret]);
        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Json.GetProperty("instances").EnumerateArray().Select(id => id.GetString()!).ShouldBe(await ToolAnswerAsync(), ignoreOrder: true);
        ran.Json.GetProperty("refused").GetString().ShouldBe("SignatureDoesNotMatch");
    }

    private async Task<List<string>> ToolAnswerAsync()
    {
        var ran = await shared.Up.CentralOpsAsync("call", "describe_ec2_instances", "--account", "222222222222", "--region", "us-east-1", "--arg", "limit=1000", "--output", "json");
        ran.ExitCode.ShouldBe(0, ran.Error);
        return [.. ran.Json.GetProperty("instances").EnumerateArray().Select(instance => instance.GetProperty("InstanceId").GetString()!)];
    }

    private async Task<Ran> AwsAsync(IReadOnlyDictionary<string, string> keys, params string[] arguments)
    {
        var ran = await Ran.ProgramAsync(Aws, Line(arguments), environment: keys);
        ran.ExitCode.ShouldBe(0, ran.Error);
        return ran;
    }

    // Debian's CLI ignores AWS_ENDPOINT_URL and would go for real AWS.
    private string[] Line(params string[] arguments) => ["--endpoint-url", shared.Up.SandboxUrl, "--region", "us-east-1", "--output", "json", .. arguments];

    private Dictionary<string, string> Operator(string secret) =>
        new(StringComparer.Ordinal) { ["AWS_ACCESS_KEY_ID"] = shared.Up.KeyId, ["AWS_SECRET_ACCESS_KEY"] = secret };
}
