using System.Diagnostics;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Tests.Control.Fixtures;

namespace CentralOps.Gateway.Tests.Control;

/// <summary>AWS's Python SDK on our control plane.</summary>
public sealed class BotoTests
{
    [BotoFact]
    public async Task Boto3_takes_our_control_plane_for_AWSs()
    {
        await using var control = await TestControl.StartAsync();
        var peer = await ControlPeer.RunAsync("python3", "control_boto.py", control.Url.AbsoluteUri);

        ((string)peer.Got("create", 202)["status"]!).ShouldBe("CREATING");
        ((string)peer.Got("ready")["status"]!).ShouldBe("READY");
        peer.Got("target", 202);
        ((string)peer.Got("target ready")["status"]!).ShouldBe("READY");
        peer.Got("targets").ToJsonString().ShouldBe("""{"names":["functions"]}""");
        peer.Got("key", 201);
        ((string)peer.Got("key get", 200)["createdTime"]!).ShouldMatch("^20[0-9]{2}-");
        peer.Got("keys").ToJsonString().ShouldBe("""{"names":["key"]}""");
        peer.Failed("invalid", "ValidationException", 400)["fields"]!.AsArray().Select(name => (string)name!).ShouldBe(["name"]);
        peer.Failed("not found", "ResourceNotFoundException", 404);
        peer.Failed("conflict", "ConflictException", 409);
        peer.Got("tag", 204);
        JsonNode.DeepEquals(peer.Got("tags"), JsonNode.Parse("""{"tags":{"a":"b"}}""")).ShouldBeTrue();
        ((string)peer.Got("delete target", 202)["status"]!).ShouldBe("DELETING");
        peer.Output.ShouldNotContain("SECRET-");
    }
}

/// <summary>Runs where python3 has a boto3 that knows the control plane's gateways.</summary>
internal sealed class BotoFactAttribute : FactAttribute
{
    private static readonly bool Found = Try();

    public BotoFactAttribute() => Skip = Found ? null : "python3 has no boto3 that knows bedrock-agentcore-control's gateways.";

    private static bool Try()
    {
        const string Script = "import boto3; boto3.client('bedrock-agentcore-control', region_name='us-east-1').synchronize_gateway_targets";
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["-c", Script]) { RedirectStandardError = true, Environment = { ["AWS_EC2_METADATA_DISABLED"] = "true", ["AWS_CONFIG_FILE"] = "/dev/null", ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null" } })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
