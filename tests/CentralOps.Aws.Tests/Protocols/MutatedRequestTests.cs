using System.IO.Compression;
using System.Text;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Tests.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols;

/// <summary>What a server half does with a request that is broken: it reads it or refuses it, and nothing else.</summary>
public sealed class MutatedRequestTests
{
    // './test --long' runs the large form.
    private static readonly int Cases = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is null ? 10_000 : 250_000;

    private const string Shapes =
        """
        {"I":{"type":"structure","members":{"Text":{"shape":"S"},"Numbers":{"shape":"L"},"Self":{"shape":"I"},"Map":{"shape":"M"},"At":{"shape":"T"},"Bytes":{"shape":"B"}}},
         "P":{"type":"structure","members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"},"Key":{"shape":"S","location":"uri","locationName":"Key"},"Body":{"shape":"B","streaming":true},
           "Meta":{"shape":"M","location":"headers","locationName":"x-amz-meta-"}},"payload":"Body"},
         "S":{"type":"string"},"N":{"type":"integer"},"L":{"type":"list","member":{"shape":"N"}},"M":{"type":"map","key":{"shape":"S"},"value":{"shape":"S"}},"T":{"type":"timestamp"},"B":{"type":"blob"}}
        """;

    private const string Input = """{"Text":"é<&>","Numbers":[1,2,3],"Self":{"Text":"b","Map":{"k":"v"}},"At":"2026-01-02T03:04:05Z","Bytes":"AQID"}""";

    [Theory]
    [InlineData("query")]
    [InlineData("ec2")]
    [InlineData("json")]
    [InlineData("rest-json")]
    [InlineData("rest-xml")]
    [InlineData("smithy-rpc-v2-cbor")]
    public void A_broken_request_is_read_or_refused_packed_or_not(string protocol)
    {
        var operation = Wires.Model(
            $$"""{"protocol":"{{protocol}}","targetPrefix":"T","apiVersion":"1","serviceId":"T","endpointPrefix":"t"}""",
            """{"http":{"method":"POST","requestUri":"/"},"input":{"shape":"I"},"requestcompression":{"encodings":["gzip"]}}""", Shapes);
        var halves = WireProtocols.For(operation.Service.Protocol);
        var whole = operation.Write(Input);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(whole.Body.Span);
        }

        // A fixed seed: the same requests in every run.
        var random = new Random(20260108);
        for (var i = 0; i < Cases; i++)
        {
            var isPacked = i % 4 == 0;
            whole.Headers.Set("Content-Encoding", isPacked ? "gzip" : "identity");
            whole.Body = Mutate(isPacked ? packed.ToArray() : operation.Write(Input).Body.ToArray(), random);
            Reads(() =>
            {
                halves.Match(operation.Service, whole);
                halves.ReadRequest(operation, whole);
            });
        }
    }

    [Theory]
    [InlineData("Action=Do&Numbers.1=1&Numbers.member.2=2")]
    [InlineData("Action=Do&Numbers.member.1=1&Numbers.other.1.x=2")]
    [InlineData("Action=Do&Map.1.key=k&Map.entry.1.value=v")]
    public void Two_ways_to_write_one_list_do_not_mix(string form)
    {
        var operation = Wires.Model("""{"protocol":"query","apiVersion":"1","serviceId":"T","endpointPrefix":"t"}""", """{"input":{"shape":"I"}}""", Shapes);

        Should.Throw<WireFormatException>(() => WireProtocols.For(ProtocolKind.AwsQuery).ReadRequest(operation, new WireRequest { Body = Encoding.UTF8.GetBytes(form) }))
            .Message.ShouldContain("one list");
    }

    [Fact]
    public void Broken_chunks_and_broken_heads_of_an_upload_are_read_or_refused()
    {
        var operation = Wires.Model(
            """{"protocol":"rest-xml","endpointPrefix":"s3","serviceId":"S3"}""",
            """{"http":{"method":"PUT","requestUri":"/{Bucket}/{Key+}"},"input":{"shape":"P"},"httpChecksum":{"requestChecksumRequired":true}}""", Shapes);
        var halves = WireProtocols.For(ProtocolKind.RestXml);
        var keys = new OneKey(new AccessKey("AKIDEXAMPLE", "secret", "arn"));
        var random = new Random(20260109);
        var accepted = 0;
        for (var i = 0; i < Cases; i++)
        {
            var request = new WireRequest { Method = "PUT", Path = Text(Mutate("/b/a%20b//../c"u8.ToArray(), random)), Body = new byte[9000] };
            request.Headers.Add("Host", Text(Mutate("my-bucket.s3.eu-west-1.amazonaws.com:443"u8.ToArray(), random)));
            request.Headers.Add("x-amz-meta-a", "b");
            SignatureV4.SignChunked(request, new AwsCredentials("AKIDEXAMPLE", "secret"), new SigningScope("eu-west-1", "s3"), SignedRequests.Now, 8192, ("x-amz-checksum-crc32", "AAAAAA=="));
            var whole = request.Body.ToArray();
            request.Body = Mutate(whole.ToArray(), random, random.Next(2) == 0 ? 90 : whole.Length);
            var same = request.Body.Span.SequenceEqual(whole);
            var verdict = SignatureV4.Verify(request, keys, SignedRequests.Now, new SignatureRules());
            accepted += verdict.Accepted ? 1 : 0;
            (verdict.Accepted && !same && !Encoding.ASCII.GetString(request.Body.Span).Equals(Encoding.ASCII.GetString(whole), StringComparison.OrdinalIgnoreCase)).ShouldBeFalse();
            Reads(() =>
            {
                halves.Match(operation.Service, request);
                halves.ReadRequest(operation, request);
            });
        }

        accepted.ShouldBeInRange(1, Cases / 2);
    }

    private static void Reads(Action read)
    {
        try
        {
            read();
        }
        catch (WireFormatException)
        {
            // The one exception that there may be.
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random, int within = int.MaxValue)
    {
        for (var change = random.Next(0, 4); change > 0; change--)
        {
            bytes[random.Next(Math.Min(bytes.Length, within))] = (byte)random.Next(256);
        }

        return random.Next(5) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
