using System.IO.Compression;
using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.Http;

public sealed class RequestCompressionTests
{
    public static TheoryData<string> Protocols() => ["query", "ec2", "json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void A_large_request_is_packed_and_read_back_and_a_small_one_is_not(string protocol)
    {
        var operation = Operation(protocol);
        var halves = WireProtocols.For(operation.Service.Protocol);
        var large = $$"""{"Text":"{{new string('x', 10_300)}}"}""";
        var small = """{"Text":"x"}""";

        var packed = operation.Write(large);
        packed.Headers.Find("Content-Encoding").ShouldBe("gzip");
        packed.Body.Length.ShouldBeLessThan(1000);
        halves.Match(operation.Service, packed).ShouldBeSameAs(operation);
        halves.ReadRequest(operation, packed).Json.Text().ShouldBe(large);

        operation.Write(small).Headers.Find("Content-Encoding").ShouldBeNull();
        halves.ReadRequest(operation, operation.Write(small)).Json.Text().ShouldBe(small);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void A_bomb_is_refused_before_it_goes_off(string protocol)
    {
        var operation = Operation(protocol);
        var request = operation.Write($$"""{"Text":"{{new string('x', 10_300)}}"}""");
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < 400; i++)
            {
                gzip.Write(new byte[1024 * 1024]);
            }
        }

        request.Body = bomb.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<WireFormatException>(() => WireProtocols.For(operation.Service.Protocol).ReadRequest(operation, request)).Message.ShouldContain("16777216");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(80 * 1024 * 1024);
    }

    [Fact]
    public void What_only_says_that_it_is_gzip_is_refused()
    {
        var operation = Operation("json");
        var request = operation.Write("""{"Text":"x"}""");
        request.Headers.Set("Content-Encoding", "gzip");

        Should.Throw<WireFormatException>(() => WireProtocols.For(operation.Service.Protocol).ReadRequest(operation, request)).Message.ShouldContain("Content-Encoding");
    }

    [Fact]
    public void An_objects_own_coding_is_left_alone()
    {
        var operation = Wires.Model(
            """{"protocol":"rest-xml","endpointPrefix":"s3","serviceId":"S3"}""",
            """{"http":{"method":"PUT","requestUri":"/b"},"input":{"shape":"I"}}""",
            """{"I":{"type":"structure","members":{"Coding":{"shape":"S","location":"header","locationName":"Content-Encoding"},"Body":{"shape":"B"}},"payload":"Body"},"S":{"type":"string"},"B":{"type":"blob"}}""");
        var request = new WireRequest();
        WireProtocols.For(ProtocolKind.RestXml).WriteRequest(operation, new("""{"Coding":"gzip"}"""u8.ToArray(), new byte[20_000]), request);

        request.Body.Length.ShouldBe(20_000);
        WireProtocols.For(ProtocolKind.RestXml).ReadRequest(operation, request).Blob!.Value.Length.ShouldBe(20_000);
    }

    private static OperationModel Operation(string protocol) => Wires.Model(
        $$"""{"protocol":"{{protocol}}","targetPrefix":"T","apiVersion":"1","serviceId":"T","endpointPrefix":"t"}""",
        """{"http":{"method":"POST","requestUri":"/"},"input":{"shape":"I"},"requestcompression":{"encodings":["gzip"]}}""",
        """{"I":{"type":"structure","members":{"Text":{"shape":"S"}}},"S":{"type":"string"}}""");
}
