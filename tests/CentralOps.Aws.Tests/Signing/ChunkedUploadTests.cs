using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Tests.Protocols;
using CentralOps.Aws.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Aws.Tests.Signing;

/// <summary>Uploads in <c>aws-chunked</c>: AWS's two worked examples, and every bit of ours.</summary>
public sealed class ChunkedUploadTests
{
    private static readonly DateTimeOffset Now = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly AwsCredentials Credentials = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static readonly OneKey Keys = new(new AccessKey(Credentials.AccessKeyId, Credentials.SecretAccessKey, "arn:aws:iam::111111111111:user/u"));
    private static readonly SigningScope Scope = new("us-east-1", "s3");

    private static readonly OperationModel Put = Wires.Model(
        """{"protocol":"rest-xml","endpointPrefix":"s3","serviceId":"S3"}""",
        """{"http":{"method":"PUT","requestUri":"/{Bucket}/{Key+}"},"input":{"shape":"I"},"httpChecksum":{"requestAlgorithmMember":"Algorithm"}}""",
        """
        {"I":{"type":"structure","members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"},"Key":{"shape":"S","location":"uri","locationName":"Key"},
          "Algorithm":{"shape":"S","location":"header","locationName":"x-amz-sdk-checksum-algorithm"},"Coding":{"shape":"S","location":"header","locationName":"Content-Encoding"},
          "ChecksumCRC32C":{"shape":"S","location":"header","locationName":"x-amz-checksum-crc32c"},"Body":{"shape":"B","streaming":true}},"payload":"Body"},
         "S":{"type":"string"},"B":{"type":"blob"}}
        """);

    private static readonly WireProtocol Protocol = WireProtocols.For(ProtocolKind.RestXml);

    [Fact]
    public void AWS_s_worked_example_of_signed_chunks_comes_out_to_the_letter()
    {
        var request = Example();
        SignatureV4.SignChunked(request, Credentials, Scope, Now, 64 * 1024);

        request.Headers.Find("Authorization")!.ShouldEndWith("Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
        var coded = Encoding.ASCII.GetString(request.Body.Span);
        coded.ShouldStartWith("10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\naaa");
        coded.ShouldContain("\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\naaa");
        coded.ShouldEndWith("\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n");
        coded.Length.ShouldBe(66824);
        Accepts(request, out var body, out _).ShouldBeTrue();
        body.Length.ShouldBe(66560);
    }

    [Fact]
    public void AWS_s_worked_example_of_a_signed_trailer_comes_out_to_the_letter()
    {
        var request = Example();
        request.Headers.Remove("Content-Length");
        SignatureV4.SignChunked(request, Credentials, Scope, Now, 64 * 1024, ("x-amz-checksum-crc32c", "sOO8/Q=="));

        request.Headers.Find("Authorization")!.ShouldEndWith("Signature=106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
        var coded = Encoding.ASCII.GetString(request.Body.Span);
        coded.ShouldContain("10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n");
        coded.ShouldContain("\r\n400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n");
        coded.ShouldContain("\r\n0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n");
        coded.ShouldEndWith("x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n");
        Accepts(request, out var body, out var read).ShouldBeTrue();
        body.Length.ShouldBe(66560);
        ((string?)read["ChecksumCRC32C"]).ShouldBe("sOO8/Q==");
    }

    [Fact]
    public void An_unsigned_body_is_read_by_its_announced_trailer_alone()
    {
        var request = Unsigned("123456789", "x-amz-checksum-crc32c", "x-amz-checksum-crc32c:4waSgw==\r\n");
        Accepts(request, out var body, out var read).ShouldBeTrue();
        Encoding.UTF8.GetString(body).ShouldBe("123456789");
        ((string?)read["Coding"]).ShouldBe("zstd");

        Code(Unsigned("123456789", "x-amz-checksum-crc32c", "x-amz-checksum-crc32c:4waSgQ==\r\n")).ShouldBe("BadDigest");
        Code(Unsigned("123456789", "x-amz-checksum-crc32c", "")).ShouldBe("MalformedTrailerError");
        Code(Unsigned("123456789", "x-amz-checksum-crc32c", "x-amz-acl:public-read\r\n")).ShouldBe("MalformedTrailerError");
        Code(Unsigned("123456789", "x-amz-checksum-crc32c", "x-amz-checksum-crc32c:4waSgw==\r\nx-amz-acl:public-read\r\n")).ShouldBe("MalformedTrailerError");
        Code(Unsigned("12345678", "x-amz-checksum-crc32c", "x-amz-checksum-crc32c:4waSgw==\r\n")).ShouldBe("IncompleteBody");
    }

    [Theory]
    [InlineData("")]
    [InlineData("9\r\n123456789")]
    [InlineData("9\r\n123456789\r\n")]
    [InlineData("9\r\n123456789\r\n0\r\n")]
    [InlineData("a\r\n123456789\r\n0\r\n\r\n")]
    [InlineData("8\r\n123456789\r\n0\r\n\r\n")]
    [InlineData("9\r\n123456789\r\n0\r\n\r\nmore")]
    [InlineData("-1\r\n123456789\r\n0\r\n\r\n")]
    [InlineData("ffffffff\r\n123456789\r\n0\r\n\r\n")]
    [InlineData("7fffffff\r\n123456789\r\n0\r\n\r\n")]
    [InlineData("+9\r\n123456789\r\n0\r\n\r\n")]
    [InlineData("0x9\r\n123456789\r\n0\r\n\r\n")]
    [InlineData("9\n123456789\n0\n\n")]
    public void A_body_that_is_no_chunks_is_incomplete(string coded) => Code(Chunked(coded)).ShouldBe("IncompleteBody");

    [Fact]
    public void Small_chunks_and_endless_trailers_are_refused()
    {
        Code(Chunked("4\r\n1234\r\n5\r\n56789\r\n0\r\n\r\n")).ShouldBe("InvalidChunkSizeError");
        Code(Chunked("9\r\n123456789\r\n0\r\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"x-{i}:v\r\n")) + "\r\n")).ShouldBe("MalformedTrailerError");
        Code(Chunked("9\r\n123456789\r\n0\r\nx:" + new string('v', 100_000) + "\r\n\r\n")).ShouldBe("IncompleteBody");
    }

    [Fact]
    public void Chunks_of_other_services_are_not_taken()
    {
        var request = Example();
        SignatureV4.SignChunked(request, Credentials, Scope with { Service = "lambda" }, Now, 64 * 1024);

        SignatureV4.Verify(request, Keys, Now, new SignatureRules()).Problem.ShouldBe(SignatureProblem.Mismatch);
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_the_chunks_is_refused() => Prop.ForAll(
        (from trailer in Gen.Elements(true, false)
         from size in Gen.Choose(0, 20_000)
         from place in Gen.Choose(0, 1_000_000)
         from fromEnd in Gen.Elements(true, false)
         from bit in Gen.Choose(0, 7)
         select (trailer, size, place, fromEnd, bit)).ToArbitrary(),
        flip => IsRefusedOrTheSame(flip.trailer, flip.size, flip.fromEnd ? -1 - (flip.place % 400) : flip.place, flip.bit)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Chunks_may_not_change_places_or_be_left_out()
    {
        var request = Example();
        request.Body = Enumerable.Range(0, 3 * 8192).Select(at => (byte)(at / 8192)).ToArray();
        SignatureV4.SignChunked(request, Credentials, Scope, Now, 8192);
        var whole = request.Body.ToArray();
        const int Line = 4 + 17 + 64 + 2 + 8192 + 2;
        request.Body = (byte[])[.. whole[Line..(2 * Line)], .. whole[..Line], .. whole[(2 * Line)..]];
        Accepts(request, out _, out _).ShouldBeFalse();
        request.Body = (byte[])[.. whole[..Line], .. whole[(2 * Line)..]];
        Accepts(request, out _, out _).ShouldBeFalse();
        request.Body = whole;
        Accepts(request, out _, out _).ShouldBeTrue();
    }

    private static bool IsRefusedOrTheSame(bool trailer, int size, int place, int bit)
    {
        var request = Example();
        request.Body = new byte[size];
        var crc = new WireRequest();
        Protocol.WriteRequest(Put, new("""{"Bucket":"b","Key":"k","Algorithm":"CRC32C"}"""u8.ToArray(), new byte[size]), crc);
        SignatureV4.SignChunked(request, Credentials, Scope, Now, 8192, trailer ? ("x-amz-checksum-crc32c", crc.Headers.Find("x-amz-checksum-crc32c")!) : null);
        Accepts(request, out var before, out _).ShouldBeTrue();
        var body = request.Body.ToArray();
        var at = place < 0 ? Math.Max(0, body.Length + place) : place % body.Length;
        body[at] ^= (byte)(1 << bit);
        request.Body = body;

        // A size in capital hex, a trailer's name in capitals: the same bytes and the same trailers, and nothing else may pass.
        return !Accepts(request, out var after, out _) || before.AsSpan().SequenceEqual(after);
    }

    private static WireRequest Example()
    {
        var request = new WireRequest { Method = "PUT", Path = "/examplebucket/chunkObject.txt", Body = Encoding.ASCII.GetBytes(new string('a', 66560)) };
        request.Headers.Add("Host", "s3.amazonaws.com");
        request.Headers.Add("x-amz-storage-class", "REDUCED_REDUNDANCY");
        request.Headers.Add("Content-Length", "66824");
        return request;
    }

    private static WireRequest Unsigned(string body, string announced, string trailers)
    {
        var request = Chunked($"{body.Length:x}\r\n{body}\r\n0\r\n{trailers}\r\n");
        request.Headers.Set("x-amz-trailer", announced);
        return request;
    }

    private static WireRequest Chunked(string coded)
    {
        var request = new WireRequest { Method = "PUT", Path = "/b/k", Body = Encoding.ASCII.GetBytes(coded) };
        request.Headers.Add("Host", "s3.amazonaws.com");
        request.Headers.Add("Content-Encoding", "aws-chunked, zstd");
        request.Headers.Add("x-amz-decoded-content-length", "9");
        request.Headers.Add("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        return request;
    }

    private static string? Code(WireRequest request) => Should.Throw<WireFormatException>(() => Protocol.ReadRequest(Put, request)).Code;

    private static bool Accepts(WireRequest request, out byte[] body, out JsonNode read)
    {
        body = [];
        read = new JsonObject();
        if (request.Headers.Find("Authorization") is not null && !SignatureV4.Verify(request, Keys, Now, new SignatureRules()).Accepted)
        {
            return false;
        }

        try
        {
            var input = Protocol.ReadRequest(Put, request);
            body = (input.Blob ?? default).ToArray();
            read = JsonNode.Parse(input.Json.Span)!;
            return true;
        }
        catch (WireFormatException)
        {
            return false;
        }
    }
}
