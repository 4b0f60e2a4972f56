using System.Text.Json.Nodes;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Peers;

/// <summary>AWS's JavaScript SDK v3 on our server halves, over all seven protocols: what it sent is what arrived, and the other way round.</summary>
public sealed class JavaScriptSdkTests(JavaScriptSdkTests.Run run) : IClassFixture<JavaScriptSdkTests.Run>
{
    private const string Key = "a b//../é%+.txt";

    [PeerTheory]
    [InlineData("query", ProtocolKind.AwsQuery)]
    [InlineData("json", ProtocolKind.AwsJson10)]
    [InlineData("cbor", ProtocolKind.RpcV2Cbor)]
    public void CloudWatch_over_each_of_its_protocols(string name, ProtocolKind protocol)
    {
        run.Peer.Got($"cloudwatch {name} data", """
            {"pages":2,"all":[
              {"Id":"m1","Label":"a <b> é","Timestamps":["2026-01-02T03:05:00.000Z","2026-01-02T03:10:00.500Z"],"Values":[1.5,-0.25],"StatusCode":"PartialData"},
              {"Id":"e1","Timestamps":[],"Values":[1e-7,12345678901234,0],"StatusCode":"Complete","Messages":[{"Code":"c","Value":"v"}]}]}
            """);
        run.Peer.Got($"cloudwatch {name} empty", """{"Metrics":[]}""");
        run.Failed($"cloudwatch {name} error", "InvalidNextToken", "The token is <stale> & gone.", 400, "InvalidNextToken");
        run.Peer.Got($"cloudwatch {name} large", "{}");

        const string Asked = """
            {"StartTime":"2026-01-02T03:04:05Z","EndTime":"2026-01-02T04:04:05.25Z","ScanBy":"TimestampAscending","MetricDataQueries":[
              {"Id":"m1","MetricStat":{"Metric":{"Namespace":"AWS/EC2","MetricName":"CPU Utilization & more","Dimensions":[{"Name":"InstanceId","Value":"i-1"},{"Name":"é","Value":"<x>"}]},"Period":300,"Stat":"Average"},"ReturnData":false},
              {"Id":"e1","Expression":"m1 * 2"}]}
            """;
        var again = JsonNode.Parse(Asked)!.AsObject();
        again["NextToken"] = "page 2/+=";
        run.Arrived(protocol, "GetMetricData", Asked, again.ToJsonString());
        run.Arrived(protocol, "DescribeAlarms", """{"AlarmNames":["a","b c"],"NextToken":"stale"}""");
        var large = run.Server.Calls.Single(call => call.Protocol == protocol && call.Operation.Name == "PutMetricData");
        large.Request.Headers.Find("Content-Encoding").ShouldBe(name == "cbor" ? null : "gzip");
        large.Input["MetricData"]!.AsArray().Count.ShouldBe(500);
        JsonNode.DeepEquals(large.Input["MetricData"]![499], JsonNode.Parse("""{"MetricName":"metric-499","Value":124.75,"Timestamp":"2026-01-02T03:04:05.499Z","Dimensions":[{"Name":"N","Value":"499"}]}"""))
            .ShouldBeTrue(large.Input["MetricData"]![499]!.ToJsonString());
    }

    [PeerFact]
    public void S3_with_checksums_streams_odd_keys_and_both_ways_to_name_a_bucket()
    {
        run.Peer.Got("s3 location", """{"LocationConstraint":"eu-west-1"}""");
        run.Peer.Got("s3 put", """{"ETag":"\"e-1\""}""");
        run.Peer.Got("s3 get", """{"text":"hello ✓","type":"text/plain","metadata":{"one":"1","two":"b c"},"checksum":"D108+Q==","modified":"2026-01-02T03:04:05.000Z","etag":"\"e-1\""}""");
        run.Peer.Got("s3 stream back", """{"length":140000,"first":97,"last":98}""");
        run.Peer.Got("s3 list", """{"pages":3,"keys":[["CRC32C",9],["SHA1",9],["SHA256",9],["a b//../é%+.txt",9],["stream",140000]]}""");
        run.Peer.Got("s3 by host", """{"text":"hello ✓"}""");
        run.Failed("s3 missing", "NoSuchKey", "The specified key does not exist.", 404, "NoSuchKey");
        run.Failed("s3 head", "NotFound", "UnknownError", 404, "NotFound");

        var puts = run.Server.Calls.Where(call => call.Operation.Name == "PutObject").ToList();
        puts[0].Input.ToJsonString().ShouldBe(JsonNode.Parse(
            $$$"""{"Bucket":"my-bucket","Key":"{{{Key}}}","ContentLength":9,"ContentType":"text/plain","ChecksumAlgorithm":"CRC32","ChecksumCRC32":"D108+Q==","Metadata":{"one":"1","two":"b c"}}""")!.ToJsonString());
        puts.Skip(1).Take(3).Select(put => put.Text("ChecksumCRC32C") ?? put.Text("ChecksumSHA1") ?? put.Text("ChecksumSHA256"))
            .ShouldBe(["4waSgw==", "98O8HYCOBHMq32eZZczDTKeuNEE=", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="]);
        var streamed = puts[^1];
        streamed.Request.Headers.Find("x-amz-content-sha256").ShouldBe("STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        streamed.Request.Body.Length.ShouldBeGreaterThan(140000);
        streamed.Blob!.Length.ShouldBe(140000);
        (streamed.Text("ContentEncoding"), streamed.Text("ChecksumCRC32")).ShouldBe((null, "CCU/4Q=="));
        run.Server.Calls.Last(call => call.Operation.Name == "GetObject").Request.Headers.Find("Host")!.ShouldStartWith("my-bucket.s3.example.test:");
    }

    [PeerFact]
    public void EC2()
    {
        run.Peer.Got("ec2 instances", """
            {"pages":2,"all":[
              {"ReservationId":"r-1","Instances":[{"InstanceId":"i-1","LaunchTime":"2026-01-02T03:04:05.000Z","EbsOptimized":true,"AmiLaunchIndex":0,"State":{"Code":16,"Name":"running"},
                "Tags":[{"Key":"env","Value":"<prod> & more"}],"SecurityGroups":[{"GroupId":"sg-1","GroupName":"g"},{"GroupId":"sg-2"}]}]},
              {"ReservationId":"r-2","Groups":[]}]}
            """);
        run.Failed("ec2 error", "InvalidInstanceID.NotFound", "The instance ID 'i-none' does not exist", 400, "EC2ServiceException");

        const string Filters = """ "Filters":[{"Name":"tag:env","Values":["prod","a&b=c"]},{"Name":"instance-state-name","Values":["running"]}],"MaxResults":5""";
        run.Arrived(ProtocolKind.Ec2Query, "DescribeInstances", $$"""{{{Filters}}}""", $$"""{{{Filters}},"NextToken":"n==/+"}""", """{"InstanceIds":["i-none"]}""");
    }

    [PeerFact]
    public void ECS()
    {
        run.Peer.Got("ecs clusters", """{"pages":2,"all":["arn:aws:ecs:eu-west-1:111111111111:cluster/a","arn:aws:ecs:eu-west-1:111111111111:cluster/b"]}""");
        run.Peer.Got("ecs services", """{"services":[{"serviceName":"web","desiredCount":2,"createdAt":"2026-01-02T03:04:05.250Z","enableECSManagedTags":true,"tags":[{"key":"k","value":""}],"deployments":[]}],"failures":[]}""");
        run.Failed("ecs error", "ClusterNotFoundException", "Cluster not found: é", 400, "ClusterNotFoundException");

        run.Arrived(ProtocolKind.AwsJson11, "ListClusters", "{}", """{"nextToken":"t/1"}""");
        run.Arrived(ProtocolKind.AwsJson11, "DescribeServices", """{"cluster":"main","services":["web"],"include":["TAGS"]}""", """{"cluster":"none","services":["web"]}""");
    }

    [PeerFact]
    public void Lambda()
    {
        run.Peer.Got("lambda invoke", """{"Payload":{"base64":"ff8Aew=="},"StatusCode":200,"FunctionError":"Unhandled","ExecutedVersion":"7","LogResult":"bG9n"}""");
        run.Peer.Got("lambda list", """{"pages":2,"all":[{"FunctionName":"a","MemorySize":128,"Environment":{"Variables":{"K":"é"}},"Layers":[]},{"FunctionName":"b","Timeout":3}]}""");
        run.Failed("lambda error", "ResourceNotFoundException", "Function not found: none", 404, "ResourceNotFoundException");
        run.Failed("stranger", "InvalidSignatureException", "The request signature we calculated", 403, "LambdaServiceException");

        run.Arrived(ProtocolKind.RestJson1, "Invoke", """{"FunctionName":"arn:aws:lambda:eu-west-1:111111111111:function:f","Qualifier":"live","LogType":"Tail","ClientContext":"e30="}""");
        run.Server.Calls.Single(call => call.Operation.Name == "Invoke").Blob.ShouldBe([123, 0, 255, 125]);
        run.Arrived(ProtocolKind.RestJson1, "ListFunctions", "{}", """{"Marker":"m&1"}""");
    }

    /// <summary>The SDK is run once; the tests look at what came of it.</summary>
    public sealed class Run : IAsyncLifetime
    {
        internal PeerServer Server { get; private set; } = null!;

        internal Peer Peer { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            if (PeerPackages.Missing is null)
            {
                Server = await PeerServer.StartAsync(PeerAws.Services(), new PeerAws().Answer);
                Peer = await Peer.RunAsync("node", "sdk.mjs", Server.Url);
                Server.Faults.ShouldBeEmpty();
            }
        }

        public async Task DisposeAsync()
        {
            if (Server is not null)
            {
                await Server.DisposeAsync();
            }
        }

        /// <summary>The error came as the exception that the SDK has for it, with AWS's code, message, status and request id.</summary>
        internal void Failed(string step, string code, string message, int status, string exception)
        {
            var error = Peer.Failed(step);
            ((string)error["name"]!, (int)error["status"]!, (string)error["is"]!, (string)error["fault"]!).ShouldBe((code, status, exception, "client"));
            ((string)error["message"]!).ShouldStartWith(message);
            ((string)error["requestId"]!).ShouldStartWith("request-");
        }

        /// <summary>The operation's calls over a protocol, member for member, in their order.</summary>
        internal void Arrived(ProtocolKind protocol, string operation, params string[] inputs)
        {
            var calls = Server.Calls.Where(call => call.Protocol == protocol && call.Operation.Name == operation).Select(call => call.Input).ToList();
            calls.Count.ShouldBe(inputs.Length);
            foreach (var (call, input) in calls.Zip(inputs))
            {
                JsonNode.DeepEquals(call, JsonNode.Parse(input)).ShouldBeTrue(call.ToJsonString());
            }
        }
    }
}
