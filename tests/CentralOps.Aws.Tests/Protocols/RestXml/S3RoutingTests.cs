using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Tests.Peers;
using CentralOps.Aws.Tests.Protocols.RoundTrips;
using CentralOps.Aws.Tests.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.RestXml;

/// <summary>Every operation of S3, asked for by host and by path.</summary>
public sealed class S3RoutingTests
{
    private static readonly WireProtocol Protocol = WireProtocols.For(ProtocolKind.RestXml);

    // Nothing on the wire tells these from others; S3 knows by the kind of bucket.
    private static readonly string[] Twins = ["ListDirectoryBuckets"];

    [PeerFact]
    public void Every_operation_is_found_whichever_way_its_bucket_is_named()
    {
        var model = PeerPackages.Service("s3-2006-03-01", "s3");
        var wrong = new List<string>();
        var count = 0;
        foreach (var operation in model.OperationNames.Except(Twins).Select(model.Operation).Where(operation => !operation.Deprecated && Superseded(model, operation.Name) is null))
        {
            var input = new ValueGenerator(7, isRequest: true).Root(operation.Input) ?? [];
            Named(input, "Bucket", "my-bucket");
            Named(input, "Key", "a/ b//../é%");
            Named(input, "ChecksumAlgorithm", "CRC32");
            foreach (var host in (string?[])[null, "s3.eu-west-1.amazonaws.com", "127.0.0.1:4566", "my-bucket.s3.eu-west-1.amazonaws.com", "my-bucket.s3.dualstack.eu-west-1.amazonaws.com:443", "my-bucket.localhost:4566"])
            {
                var found = Protocol.Match(model, Request(operation, input, host));
                count++;
                if (found?.Name != operation.Name)
                {
                    wrong.Add($"{operation.Name} at {host}: {found?.Name}");
                }
            }
        }

        wrong.ShouldBeEmpty();
        count.ShouldBeGreaterThan(500);
    }

    [PeerTheory]
    [InlineData("GET", "", "/my-bucket/", "", "ListObjects", null)]
    [InlineData("GET", "", "/my-bucket/", "list-type=2", "ListObjectsV2", null)]
    [InlineData("GET", "", "/my-bucket/?", "tagging", "GetObjectTagging", "?")]
    [InlineData("GET", "", "/", "x-id=ListBuckets", "ListBuckets", null)]
    [InlineData("GET", "", "/my-bucket/folder/", "x-id=GetObject", "GetObject", "folder/")]
    [InlineData("GET", "", "/my-bucket//", "", "GetObject", "/")]
    [InlineData("GET", "", "/my-bucket//a", "", "GetObject", "/a")]
    [InlineData("GET", "", "/my-bucket/a/../b", "", "GetObject", "a/../b")]
    [InlineData("GET", "", "/my-bucket/%25+%2B", "", "GetObject", "%++")]
    [InlineData("GET", "my-bucket.s3.eu-west-1.amazonaws.com", "/", "encryption", "GetBucketEncryption", null)]
    [InlineData("GET", "my-bucket.s3.amazonaws.com", "//x", "", "GetObject", "/x")]
    [InlineData("GET", "my-bucket.s3-fips.us-gov-west-1.amazonaws.com", "/k", "", "GetObject", "k")]
    [InlineData("HEAD", "my-bucket.s3.example.org:9000", "/", "", "HeadBucket", null)]
    [InlineData("PUT", "my-bucket.s3.eu-west-1.amazonaws.com", "/k", "partNumber=1&uploadId=u", "UploadPart", "k")]
    public void A_request_is_read_as_S3_reads_it(string method, string host, string path, string query, string name, string? key)
    {
        var model = PeerPackages.Service("s3-2006-03-01", "s3");
        var request = new WireRequest { Method = method, Path = path.TrimEnd('?') == path ? path : path.Replace("?", "%3F"), Query = query };
        if (host.Length > 0)
        {
            request.Headers.Add("Host", host);
        }

        var operation = Protocol.Match(model, request);

        operation!.Name.ShouldBe(name);
        var read = JsonNode.Parse(Protocol.ReadRequest(operation, request).Json.Span)!;
        ((string?)read["Key"]).ShouldBe(key);
        ((string?)read["Bucket"]).ShouldBe(operation.Name == "ListBuckets" ? null : "my-bucket");
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a//b/./c/")]
    [InlineData("/lead and trail /")]
    [InlineData("100%25/é😀+~*'()")]
    [InlineData("%2F%2f")]
    public void A_key_is_signed_as_it_is(string key)
    {
        var operation = Wires.Model(
            """{"protocol":"rest-xml","endpointPrefix":"s3","serviceId":"S3"}""",
            """{"http":{"method":"GET","requestUri":"/{Bucket}/{Key+}"},"input":{"shape":"I"}}""",
            """{"I":{"type":"structure","required":["Bucket","Key"],"members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"},"Key":{"shape":"S","location":"uri","locationName":"Key"}}},"S":{"type":"string"}}""");
        var request = operation.Write(JsonSerializer.Serialize(new { Bucket = "b", Key = key }));
        request.Headers.Add("Host", "s3.eu-west-1.amazonaws.com");
        SignatureV4.Sign(request, new AwsCredentials("AKIDEXAMPLE", "secret"), new SigningScope("eu-west-1", "s3"), SignedRequests.Now);

        SignatureV4.Verify(request, new OneKey(new AccessKey("AKIDEXAMPLE", "secret", "arn")), SignedRequests.Now, new SignatureRules()).Accepted.ShouldBeTrue();
        ((string?)JsonNode.Parse(Protocol.ReadRequest(operation, request).Json.Span)!["Key"]).ShouldBe(key);
    }

    private static WireRequest Request(OperationModel operation, JsonObject input, string? host)
    {
        var request = operation.Write(input.ToJsonString());
        if (host?.StartsWith("my-bucket.", StringComparison.Ordinal) == true && request.Path.StartsWith("/my-bucket", StringComparison.Ordinal))
        {
            request.Path = request.Path["/my-bucket".Length..] is { Length: > 0 } rest ? rest : "/";
        }
        else if (host?.StartsWith("my-bucket.", StringComparison.Ordinal) == true)
        {
            return request;
        }

        if (host is not null)
        {
            request.Headers.Set("Host", host);
        }

        return request;
    }

    private static void Named(JsonObject input, string member, string value)
    {
        if (input.ContainsKey(member))
        {
            input[member] = value;
        }
    }

    // An older operation of the same method, path and query as its successor.
    private static string? Superseded(ServiceModel model, string name) =>
        model.OperationNames.FirstOrDefault(other => other == name + "Configuration" && name is "GetBucketLifecycle" or "PutBucketLifecycle" or "GetBucketNotification" or "PutBucketNotification");
}
