using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;

namespace CentralOps.Aws.Tests.Peers;

/// <summary>What the server of the peers' tests answers: a little of five services, with pages, errors, and objects that are kept.</summary>
internal sealed class PeerAws
{
    private readonly ConcurrentDictionary<string, PeerCall> _objects = new(StringComparer.Ordinal);

    public static Dictionary<string, ServiceModel> Services() => new(StringComparer.Ordinal)
    {
        ["monitoring"] = CloudWatch(),
        ["ec2"] = ModelLibrary.Service("ec2"),
        ["ecs"] = ModelLibrary.Service("ecs"),
        ["lambda"] = ModelLibrary.Service("lambda"),
        ["s3"] = WithChecksums(),
    };

    public object Answer(PeerCall call) => call.Operation.Name switch
    {
        "GetMetricData" => MetricData(call),
        "ListMetrics" => Json("""{"Metrics":[]}"""),
        "DescribeAlarms" => new WireError("InvalidNextToken", "The token is <stale> & gone.", 400),
        "PutMetricData" => Json("{}"),
        "GetBucketLocation" => Json("""{"LocationConstraint":"eu-west-1"}"""),
        "PutObject" => Put(call),
        "GetObject" => Get(call),
        "HeadObject" => new WireError("NotFound", "Not found.", 404),
        "ListObjectsV2" => List(call),
        "DescribeInstances" => Instances(call),
        "ListClusters" => call.Text("nextToken") is null
            ? Json("""{"clusterArns":["arn:aws:ecs:eu-west-1:111111111111:cluster/a"],"nextToken":"t/1"}""")
            : Json("""{"clusterArns":["arn:aws:ecs:eu-west-1:111111111111:cluster/b"]}"""),
        "DescribeServices" => call.Text("cluster") is "main"
            ? Json("""{"services":[{"serviceName":"web","desiredCount":2,"createdAt":"2026-01-02T03:04:05.250Z","enableECSManagedTags":true,"tags":[{"key":"k","value":""}],"deployments":[]}],"failures":[]}""")
            : new WireError("ClusterNotFoundException", "Cluster not found: é", 400),
        "Invoke" => new AwsOutput(Encoding.UTF8.GetBytes("""{"StatusCode":200,"FunctionError":"Unhandled","ExecutedVersion":"7","LogResult":"bG9n"}"""), call.Blob!.Reverse().ToArray()),
        "ListFunctions" => call.Text("Marker") is null
            ? Json("""{"Functions":[{"FunctionName":"a","MemorySize":128,"Environment":{"Variables":{"K":"é"}},"Layers":[]}],"NextMarker":"m&1"}""")
            : Json("""{"Functions":[{"FunctionName":"b","Timeout":3}]}"""),
        "GetFunction" => new WireError("ResourceNotFoundException", "Function not found: none", 404),
        _ => throw new InvalidOperationException(call.Operation.Name),
    };

    private static AwsOutput Json(string json) => new(Encoding.UTF8.GetBytes(json));

    private static AwsOutput MetricData(PeerCall call) => call.Text("NextToken") is null
        ? Json("""{"MetricDataResults":[{"Id":"m1","Label":"a <b> é","Timestamps":["2026-01-02T03:05:00Z","2026-01-02T03:10:00.500Z"],"Values":[1.5,-0.25],"StatusCode":"PartialData"}],"NextToken":"page 2/+=","Messages":[]}""")
        : Json("""{"MetricDataResults":[{"Id":"e1","Timestamps":[],"Values":[1e-7,12345678901234,0],"StatusCode":"Complete","Messages":[{"Code":"c","Value":"v"}]}]}""");

    private static object Instances(PeerCall call)
    {
        if (call.Input["InstanceIds"] is not null)
        {
            return new WireError("InvalidInstanceID.NotFound", "The instance ID 'i-none' does not exist", 400);
        }

        return call.Text("NextToken") is null
            ? Json("""{"Reservations":[{"ReservationId":"r-1","Instances":[{"InstanceId":"i-1","LaunchTime":"2026-01-02T03:04:05Z","EbsOptimized":true,"AmiLaunchIndex":0,"State":{"Code":16,"Name":"running"},"Tags":[{"Key":"env","Value":"<prod> & more"}],"SecurityGroups":[{"GroupId":"sg-1","GroupName":"g"},{"GroupId":"sg-2"}]}]}],"NextToken":"n==/+"}""")
            : Json("""{"Reservations":[{"ReservationId":"r-2","Groups":[]}]}""");
    }

    private AwsOutput Put(PeerCall call)
    {
        _objects[call.Text("Key")!] = call;
        return Json("""{"ETag":"\"e-1\""}""");
    }

    private object Get(PeerCall call)
    {
        if (!_objects.TryGetValue(call.Text("Key")!, out var kept))
        {
            return new WireError("NoSuchKey", "The specified key does not exist.", 404);
        }

        var output = new JsonObject { ["ETag"] = "\"e-1\"", ["LastModified"] = "2026-01-02T03:04:05Z", ["ContentType"] = kept.Text("ContentType") ?? "application/octet-stream", ["ChecksumCRC32"] = kept.Text("ChecksumCRC32") };
        if (kept.Input["Metadata"] is { } metadata)
        {
            output["Metadata"] = metadata.DeepClone();
        }

        return new AwsOutput(Encoding.UTF8.GetBytes(output.ToJsonString()), kept.Blob ?? []);
    }

    private AwsOutput List(PeerCall call)
    {
        var keys = _objects.Keys.Order(StringComparer.Ordinal).ToList();
        var start = int.Parse(call.Text("ContinuationToken") ?? "0", CultureInfo.InvariantCulture);
        var size = (int)call.Input["MaxKeys"]!;
        var page = keys.Skip(start).Take(size).Select(key => new { Key = key, Size = _objects[key].Blob?.Length ?? 0, LastModified = "2026-01-02T03:04:05Z" }).ToList();
        var more = start + page.Count < keys.Count;
        return Json(JsonSerializer.Serialize(new { IsTruncated = more, Contents = page, KeyCount = page.Count, NextContinuationToken = more ? (start + page.Count).ToString(CultureInfo.InvariantCulture) : null }));
    }

    /// <summary>The built-in description, with PutMetricData from npm's, which knows awsQuery alone.</summary>
    private static ServiceModel CloudWatch()
    {
        var model = JsonNode.Parse(File.ReadAllBytes(PeerPackages.CorePath("cloudwatch")))!;
        var npm = JsonNode.Parse(File.ReadAllBytes(PeerPackages.ModelPath("monitoring-2010-08-01")))!;
        model["operations"]!["PutMetricData"] = npm["operations"]!["PutMetricData"]!.DeepClone();
        foreach (var (name, shape) in npm["shapes"]!.AsObject())
        {
            model["shapes"]![name] ??= shape!.DeepClone();
        }

        return ServiceModel.Read(Encoding.UTF8.GetBytes(model.ToJsonString()), "cloudwatch");
    }

    /// <summary>npm's description knows no checksums but MD5 yet.</summary>
    private static ServiceModel WithChecksums()
    {
        var model = JsonNode.Parse(File.ReadAllBytes(PeerPackages.ModelPath("s3-2006-03-01")))!;
        model["operations"]!["PutObject"]!["httpChecksum"] = new JsonObject { ["requestAlgorithmMember"] = "ChecksumAlgorithm" };
        model["operations"]!["GetObject"]!["errors"] = new JsonArray(new JsonObject { ["shape"] = "NoSuchKey" });
        model["shapes"]!["NoSuchKey"] = new JsonObject { ["type"] = "structure", ["exception"] = true, ["members"] = new JsonObject(), ["error"] = new JsonObject { ["httpStatusCode"] = 404 } };
        return ServiceModel.Read(Encoding.UTF8.GetBytes(model.ToJsonString()), "s3");
    }
}
