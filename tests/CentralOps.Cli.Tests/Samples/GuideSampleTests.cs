using System.Diagnostics;
using System.Text.Json.Nodes;
using CentralOps.Cli.Tests.Control;

namespace CentralOps.Cli.Tests.Samples;

/// <summary>The integration guide's steps 1 and 3, run through boto3 against our control plane with nothing changed but the endpoint.</summary>
public sealed class GuideSampleTests
{
    private const string Role = "arn:aws:iam::111111111111:role/CentralOpsGateway";
    private const string Function = "arn:aws:lambda:us-east-1:111111111111:function:describe-ec2-instances";

    [ControlBotoFact]
    public async Task The_guides_steps_make_a_gateway_and_its_lambda_target()
    {
        await using var managed = await ManagedGateways.StartAsync();
        var (code, gateway, words) = await RunAsync(managed, "create_gateway.py", "--role-arn", Role);
        code.ShouldBe(0, words);
        gateway.ShouldMatch("^central-ops-gateway-[0-9a-z]{10}$");
        var (codeOfTarget, target, wordsOfTarget) = await RunAsync(managed, "register_lambda_targets.py", gateway, Function);
        codeOfTarget.ShouldBe(0, wordsOfTarget);
        target.ShouldMatch("^[0-9A-Za-z]{10}$");

        var made = JsonNode.Parse((await managed.RunAsync("gateway", "get", gateway, "--output", "json")).Data)!;
        ((string)made["status"]!, (string)made["authorizerType"]!, (string)made["roleArn"]!).ShouldBe(("READY", "AWS_IAM", Role));
        var added = JsonNode.Parse((await managed.RunAsync("target", "get", target, "--gateway", gateway, "--output", "json")).Data)!;
        ((string)added["status"]!, (string)added["targetConfiguration"]!["mcp"]!["lambda"]!["lambdaArn"]!).ShouldBe(("READY", Function));
        ((string)added["targetConfiguration"]!["mcp"]!["lambda"]!["toolSchema"]!["inlinePayload"]![0]!["name"]!).ShouldBe("describe_ec2_instances");

        (code, _, words) = await RunAsync(managed, "create_gateway.py", "--role-arn", Role);
        code.ShouldNotBe(0, "its name is taken");
        words.ShouldContain("ConflictException");
    }

    private static async Task<(int Code, string Data, string Words)> RunAsync(ManagedGateways managed, string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(ControlBotoFactAttribute.Python!, [Path.Combine(Root(), "samples", script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL"] = managed.Url,
                ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
                ["AWS_SECRET_ACCESS_KEY"] = "not-a-secret",
                ["AWS_EC2_METADATA_DISABLED"] = "true",
                ["AWS_CONFIG_FILE"] = "/dev/null",
                ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            },
        })!;
        var data = process.StandardOutput.ReadToEndAsync();
        var words = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        return (process.ExitCode, (await data).Trim(), await words);
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "CentralOps.slnx")))
        {
            directory = Path.GetDirectoryName(directory.TrimEnd('/')) ?? throw new InvalidOperationException("These tests run inside a checkout.");
        }

        return directory;
    }
}

/// <summary>A fact that needs a Python whose boto3 knows bedrock-agentcore-control; Debian's 1.26 does not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ControlBotoFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Found = new(Find);

    public ControlBotoFactAttribute() => Skip = Python is null ? "The PATH's Python has no boto3 that knows bedrock-agentcore-control." : null;

    public static string? Python => Found.Value;

    private static string? Find()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["-c", "import boto3, sys; assert 'bedrock-agentcore-control' in boto3.session.Session().get_available_services(); print(sys.executable)"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var path = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? path : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
