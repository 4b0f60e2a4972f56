using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.RestXml;

public sealed class S3AnswerTests
{
    private const string Metadata = """{"protocol":"rest-xml","endpointPrefix":"s3","serviceId":"S3"}""";
    private const string Shapes =
        """
        {"I":{"type":"structure","members":{"Mode":{"shape":"S","location":"header","locationName":"x-amz-checksum-mode"},"Algorithm":{"shape":"S","location":"header","locationName":"x-amz-sdk-checksum-algorithm"},
          "Owner":{"shape":"S","location":"header","locationName":"x-amz-expected-bucket-owner"},"Body":{"shape":"B","streaming":true}},"payload":"Body"},
         "O":{"type":"structure","members":{"Body":{"shape":"B","streaming":true}},"payload":"Body"},"S":{"type":"string"},"B":{"type":"blob"}}
        """;

    private static readonly WireProtocol Protocol = WireProtocols.For(ProtocolKind.RestXml);

    private static readonly OperationModel Get = Wires.Model(
        Metadata, """{"http":{"method":"GET","requestUri":"/b/k"},"input":{"shape":"I"},"output":{"shape":"O"},"httpChecksum":{"requestValidationModeMember":"Mode","responseAlgorithms":["CRC64NVME","CRC32","SHA256","XXHASH64"]}}""", Shapes);

    private static readonly OperationModel Put = Wires.Model(
        Metadata, """{"http":{"method":"PUT","requestUri":"/b/k"},"input":{"shape":"I"},"httpChecksum":{"requestAlgorithmMember":"Algorithm"}}""", Shapes);

    [Fact]
    public void An_answers_checksum_is_asked_for_unless_the_caller_says_otherwise()
    {
        Get.Write("{}").Headers.Find("x-amz-checksum-mode").ShouldBe("ENABLED");
        Get.Write("""{"Mode":"DISABLED"}""").Headers.Find("x-amz-checksum-mode").ShouldBe("DISABLED");
        Put.Write("{}").Headers.Find("x-amz-checksum-mode").ShouldBeNull();
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "y/Q5Jg==", 200, true)]
    [InlineData("x-amz-checksum-crc32", "y/Q5Jw==", 200, false)]
    [InlineData("x-amz-checksum-crc64nvme", "rosUhgp5mIg=", 200, true)]
    [InlineData("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=", 200, false)]
    [InlineData("x-amz-checksum-sha256", "not base64", 200, false)]
    [InlineData("x-amz-checksum-sha256", "y/Q5Jw==-3", 200, true)]
    [InlineData("x-amz-checksum-crc32", "y/Q5Jw==", 206, true)]
    [InlineData("x-amz-checksum-xxhash64", "AAAAAAAAAAA=", 200, true)]
    public void An_answer_is_held_against_its_checksum(string header, string value, int status, bool good)
    {
        var response = new WireResponse { Status = status, Body = "123456789"u8.ToArray() };
        response.Headers.Add(header, value);
        var into = new Aws.Projections.Transcription(new System.Buffers.ArrayBufferWriter<byte>());

        if (good)
        {
            Protocol.ReadResponse(Get, response, into);
            into.Blob.Text().ShouldBe("123456789");
            return;
        }

        Should.Throw<WireFormatException>(() => Protocol.ReadResponse(Get, response, into)).Message.ShouldContain("checksum");
    }

    [Theory]
    [InlineData("CRC32")]
    [InlineData("CRC32C")]
    [InlineData("CRC64NVME")]
    [InlineData("SHA1")]
    [InlineData("SHA256")]
    [InlineData("SHA512")]
    [InlineData("MD5")]
    public void What_one_half_makes_the_other_verifies(string algorithm)
    {
        var request = new WireRequest();
        Protocol.WriteRequest(Put, new(System.Text.Encoding.UTF8.GetBytes($$"""{"Algorithm":"{{algorithm}}","Owner":"111111111111"}"""), "123456789"u8.ToArray()), request);
        request.Headers.Find("x-amz-expected-bucket-owner").ShouldBe("111111111111");

        Protocol.ReadRequest(Put, request).Blob!.Value.Text().ShouldBe("123456789");
        request.Body = "123456780"u8.ToArray();
        Should.Throw<WireFormatException>(() => Protocol.ReadRequest(Put, request)).Code.ShouldBe("BadDigest");
    }

    [Theory]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest")]
    [InlineData("Content-MD5", "short", "InvalidDigest")]
    [InlineData("x-amz-checksum-crc32", "y/Q5Jg=", "InvalidRequest")]
    [InlineData("x-amz-checksum-crc32c", "****AA==", "InvalidRequest")]
    public void A_checksum_that_does_not_fit_is_refused_in_S3_s_words(string header, string value, string code)
    {
        var request = Put.Write("{}");
        request.Headers.Remove("x-amz-checksum-crc32");
        request.Headers.Add(header, value);
        request.Body = "123456789"u8.ToArray();

        Should.Throw<WireFormatException>(() => Protocol.ReadRequest(Put, request)).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("GET", 301)]
    [InlineData("HEAD", 301)]
    [InlineData("HEAD", 307)]
    [InlineData("GET", 400)]
    public void A_redirection_says_where_the_bucket_is(string method, int status)
    {
        var operation = Wires.Model(Metadata, $$$"""{"http":{"method":"{{{method}}}","requestUri":"/b"}}""", "{}");

        var response = Protocol.WriteError(operation.Service, operation, new("PermanentRedirect", "Elsewhere.", status) { BucketRegion = "eu-west-1" }, "r");

        response.Headers.Find("x-amz-bucket-region").ShouldBe("eu-west-1");
        response.Body.Text().Contains("<Region>eu-west-1</Region>").ShouldBe(method == "GET");
        Protocol.ReadError(operation, response).BucketRegion.ShouldBe("eu-west-1");
    }

    [Theory]
    [InlineData("""<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>""", "{}")]
    [InlineData("""<LocationConstraint xmlns="u"></LocationConstraint>""", "{}")]
    [InlineData("""<LocationConstraint>EU</LocationConstraint>""", """{"LocationConstraint":"EU"}""")]
    public void A_location_that_is_empty_is_us_east_1_and_no_value(string body, string json)
    {
        var operation = ModelLibrary.Operation("s3", "GetBucketLocation");

        operation.Read(body).ShouldBe(json);
        var answer = Protocol.WriteResponse(operation, new(System.Text.Encoding.UTF8.GetBytes(json)), "r");
        operation.Read(answer.Body.Text()).ShouldBe(json);
        answer.Body.Text().ShouldContain("<LocationConstraint");
    }
}
