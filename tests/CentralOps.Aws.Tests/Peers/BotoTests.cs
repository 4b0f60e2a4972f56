using System.Diagnostics;

namespace CentralOps.Aws.Tests.Peers;

/// <summary>AWS's Python SDK on our server halves, the current one and Debian's, each in the protocols that it prefers.</summary>
public sealed class BotoTests
{
    [BotoTheory]
    [InlineData("python3")]
    [InlineData("/usr/bin/python3")]
    public async Task Boto3_takes_our_server_for_AWS(string python)
    {
        if (!BotoTheoryAttribute.Has(python))
        {
            return;
        }

        await using var server = await PeerServer.StartAsync(PeerAws.Services(), new PeerAws().Answer);
        var peer = await Peer.RunAsync(python, "boto.py", server.Url);

        server.Faults.ShouldBeEmpty();
        peer.Got("cloudwatch data", """
            {"pages":2,"all":[
              {"Id":"m1","Label":"a <b> é","Timestamps":["2026-01-02T03:05:00+00:00","2026-01-02T03:10:00.500000+00:00"],"Values":[1.5,-0.25],"StatusCode":"PartialData"},
              {"Id":"e1","Timestamps":[],"Values":[1e-7,12345678901234.0,0.0],"StatusCode":"Complete","Messages":[{"Code":"c","Value":"v"}]}]}
            """);
        Failed(peer, "cloudwatch error", "InvalidNextToken", "The token is <stale> & gone.", 400);
        peer.Got("cloudwatch large", "{}");
        peer.Got("s3 location", """{"LocationConstraint":"eu-west-1"}""");
        peer.Got("s3 get", """{"text":"hello ✓"}""");
        peer.Got("s3 list", """{"keys":["a b//../é%+.txt","stream"]}""");
        Failed(peer, "s3 missing", "NoSuchKey", "The specified key does not exist.", 404);
        Failed(peer, "s3 head", "404", "Not Found", 404);
        peer.Got("ec2 instances", """
            {"pages":2,"all":[
              {"ReservationId":"r-1","Instances":[{"InstanceId":"i-1","LaunchTime":"2026-01-02T03:04:05+00:00","EbsOptimized":true,"AmiLaunchIndex":0,"State":{"Code":16,"Name":"running"},
                "Tags":[{"Key":"env","Value":"<prod> & more"}],"SecurityGroups":[{"GroupId":"sg-1","GroupName":"g"},{"GroupId":"sg-2"}]}]},
              {"ReservationId":"r-2","Groups":[]}]}
            """);
        Failed(peer, "ec2 error", "InvalidInstanceID.NotFound", "The instance ID 'i-none' does not exist", 400);
        peer.Got("ecs clusters", """{"pages":2,"all":["arn:aws:ecs:eu-west-1:111111111111:cluster/a","arn:aws:ecs:eu-west-1:111111111111:cluster/b"]}""");
        Failed(peer, "ecs error", "ClusterNotFoundException", "Cluster not found: é", 400);
        peer.Got("lambda invoke", """{"Payload":{"bytes":[125,255,0,123]},"StatusCode":200,"FunctionError":"Unhandled"}""");
        peer.Got("lambda list", """{"pages":2,"all":[{"FunctionName":"a","MemorySize":128,"Environment":{"Variables":{"K":"é"}},"Layers":[]},{"FunctionName":"b","Timeout":3}]}""");
        Failed(peer, "lambda error", "ResourceNotFoundException", "Function not found: none", 404);

        server.Calls.Single(call => call.Operation.Name == "PutMetricData").Input["MetricData"]!.AsArray().Count.ShouldBe(500);
        var streamed = server.Calls.Last(call => call.Operation.Name == "PutObject");
        (streamed.Blob!.Length, streamed.Blob[0], streamed.Blob[^1]).ShouldBe((140000, (byte)'a', (byte)'b'));
    }

    private static void Failed(Peer peer, string step, string code, string message, int status)
    {
        var error = peer.Failed(step);
        ((string)error["name"]!, (string)error["message"]!, (int)error["status"]!).ShouldBe((code, message, status));
        ((string)error["requestId"]!).ShouldStartWith("request-");
    }
}

/// <summary>Runs with each Python that has boto3.</summary>
internal sealed class BotoTheoryAttribute : TheoryAttribute
{
    private static readonly Dictionary<string, bool> Found = new(StringComparer.Ordinal) { ["python3"] = Try("python3"), ["/usr/bin/python3"] = Try("/usr/bin/python3") };

    public BotoTheoryAttribute() => Skip = PeerPackages.Missing ?? (Found.ContainsValue(true) ? null : "No Python here has boto3.");

    public static bool Has(string python) => Found[python];

    private static bool Try(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import boto3"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
