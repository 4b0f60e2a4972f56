using System.Buffers;
using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.Cbor;

public sealed class HostileCborTests
{
    private static readonly OperationModel Everything = Wires.Model(
        """{"protocol":"smithy-rpc-v2-cbor","targetPrefix":"T"}""",
        """{"input":{"shape":"O"},"output":{"shape":"O"}}""",
        """
        {"O":{"type":"structure","members":{"Long":{"shape":"L"},"Big":{"shape":"B"},"Dec":{"shape":"C"},"D":{"shape":"D"},"Time":{"shape":"T"},"Blob":{"shape":"X"},
         "S":{"shape":"S"},"Flag":{"shape":"F"},"Self":{"shape":"O"},"List":{"shape":"Ls"},"Map":{"shape":"M"}}},"L":{"type":"long"},"B":{"type":"bigInteger"},
         "C":{"type":"bigDecimal"},"D":{"type":"double"},"T":{"type":"timestamp"},"X":{"type":"blob"},"S":{"type":"string"},"F":{"type":"boolean"},
         "Ls":{"type":"list","member":{"shape":"L"}},"M":{"type":"map","key":{"shape":"S"},"value":{"shape":"L"}}}
        """);

    [Theory]
    [InlineData("A1 61 44 F9 0001", """{"D":5.960464477539063E-08}""")]
    [InlineData("A1 61 44 F9 7BFF", """{"D":65504}""")]
    [InlineData("A1 61 44 F9 8000", """{"D":-0}""")]
    [InlineData("A1 61 44 FA 3DCCCCCD", """{"D":0.1}""")]
    [InlineData("A1 61 44 FB 7FF8000000000001", """{"D":"NaN"}""")]
    [InlineData("A1 61 44 FB FFF0000000000001", """{"D":"NaN"}""")]
    [InlineData("A1 61 44 FA FF800000", """{"D":"-Infinity"}""")]
    [InlineData("A1 61 44 01", """{"D":1}""")]
    [InlineData("A1 64 4C6F6E67 1B 7FFFFFFFFFFFFFFF", """{"Long":9223372036854775807}""")]
    [InlineData("A1 64 4C6F6E67 3B 7FFFFFFFFFFFFFFF", """{"Long":-9223372036854775808}""")]
    [InlineData("A1 64 4C6F6E67 1A 00000005", """{"Long":5}""")]
    [InlineData("A1 64 4C6F6E67 F9 4500", """{"Long":5}""")]
    [InlineData("A1 63 426967 C2 49 010000000000000000", """{"Big":18446744073709551616}""")]
    [InlineData("A1 63 426967 C3 49 010000000000000000", """{"Big":-18446744073709551617}""")]
    [InlineData("A1 63 426967 3B FFFFFFFFFFFFFFFF", """{"Big":-18446744073709551616}""")]
    [InlineData("A1 63 446563 C4 82 21 19 6AB3", """{"Dec":27315E-2}""")]
    [InlineData("A1 64 54696D65 C1 1A 514B67B0", """{"Time":"2013-03-21T20:04:00Z"}""")]
    [InlineData("A1 64 54696D65 C1 FB 41D452D9EC200000", """{"Time":"2013-03-21T20:04:00.5Z"}""")]
    [InlineData("A1 64 54696D65 C1 20", """{"Time":"1969-12-31T23:59:59Z"}""")]
    [InlineData("A1 61 53 7F 62 6869 60 61 21 FF", """{"S":"hi!"}""")]
    [InlineData("A1 64 426C6F62 5F 41 01 42 0203 FF", """{"Blob":"AQID"}""")]
    [InlineData("D9D9F7 BF 61 53 F6 61 44 F7 FF", "{}")]
    [InlineData("A1 64 4C697374 9F 01 F6 03 FF", """{"List":[1,null,3]}""")]
    [InlineData("A1 63 4D6170 A2 61 61 01 61 62 F6", """{"Map":{"a":1}}""")]
    [InlineData("A2 7F 61 58 61 59 FF 82 C6 01 A1 01 5F FF 61 53 61 61", """{"S":"a"}""")]
    public void What_RFC_8949_allows_is_read(string hex, string expected) => Read(hex).ShouldBe(expected);

    [Theory]
    [InlineData("A1", "ends early")]
    [InlineData("A1 61", "a key that is cut")]
    [InlineData("BF 61 53 61 61", "no break")]
    [InlineData("A1 61 53 7B FFFFFFFFFFFFFFFF", "a text of 16 exabytes")]
    [InlineData("A1 61 53 5A 7FFFFFFF 00", "bytes of 2 GiB")]
    [InlineData("A1 64 4C697374 9B 0000000100000000 01", "a list of 4 billion")]
    [InlineData("BB 7FFFFFFFFFFFFFFF 61 53 61 61", "a map of 9 quintillion")]
    [InlineData("A2 61 53 61 61 61 53 61 62", "a member twice")]
    [InlineData("A1 63 4D6170 A2 61 61 01 61 61 02", "a key twice")]
    [InlineData("A1 61 53 7F 41 61 FF", "a text with a chunk of bytes")]
    [InlineData("A1 61 53 7F 7F 61 61 FF FF", "a chunk in chunks")]
    [InlineData("A1 61 53 7F 61 61", "chunks without an end")]
    [InlineData("A1 61 53 62 C328", "a text that is not UTF-8")]
    [InlineData("A1 61 58 62 C328", "an unknown text that is not UTF-8")]
    [InlineData("A1 61 53 7F 61 C3 61 A9 FF", "a character across chunks")]
    [InlineData("A1 61 53 01", "a number for a text")]
    [InlineData("A1 61 53 41 61", "bytes for a text")]
    [InlineData("A1 64 426C6F62 61 61", "a text for bytes")]
    [InlineData("A1 64 466C6167 01", "a number for a boolean")]
    [InlineData("A1 64 4C6F6E67 1B 8000000000000000", "more than 64 bits")]
    [InlineData("A1 64 4C6F6E67 F9 3E00", "one and a half")]
    [InlineData("A1 64 4C6F6E67 FB 43E0000000000000", "2 to the 63rd")]
    [InlineData("A1 64 4C6F6E67 FB 7FF8000000000000", "no number")]
    [InlineData("A1 64 54696D65 C1 FB 7FF0000000000000", "a time without end")]
    [InlineData("A1 64 54696D65 C1 1B 7FFFFFFFFFFFFFFF", "a time after year 9999")]
    [InlineData("A1 64 54696D65 C0 61 61", "a time as text")]
    [InlineData("A1 63 426967 C2 61 61", "a big number of text")]
    [InlineData("A1 63 446563 C4 82 1A 00989680 01", "ten to the ten millionth")]
    [InlineData("A1 63 446563 C4 83 01 01 01", "a fraction of three")]
    [InlineData("A1 63 446563 C4 9F 01 01 FF", "a fraction without a length")]
    [InlineData("A1 01 61 61", "a key that is a number")]
    [InlineData("A1 61 58 F8 10", "a simple value of two bytes that fits in one")]
    [InlineData("A1 61 58 FC", "a reserved beginning")]
    [InlineData("A1 61 58 1F", "a number without a length")]
    [InlineData("A1 61 58 DF 01", "a tag without a length")]
    [InlineData("A1 61 58 FF", "a break for a value")]
    [InlineData("A1 61 58", "no value")]
    [InlineData("A1 64 4C697374 A0", "a map for a list")]
    [InlineData("80", "a list for the whole")]
    [InlineData("F6", "null for the whole")]
    [InlineData("A0 00", "more behind the end")]
    [InlineData("D9", "half a tag")]
    public void What_it_does_not_or_the_model_does_not_is_a_fault_of_the_wire(string hex, string what)
    {
        Should.Throw<WireFormatException>(() => Read(hex), what);
        Should.Throw<WireFormatException>(() => ReadRequest(Bytes(hex)), what);
    }

    [Theory]
    [InlineData("A1 64 53656C66")]
    [InlineData("BF 64 53656C66")]
    [InlineData("A1 61 58 81")]
    [InlineData("A1 61 58 9F")]
    public void CBOR_that_nests_without_end_is_refused(string step)
    {
        var deep = Bytes(step);
        var bomb = Enumerable.Repeat(step.Contains("58", StringComparison.Ordinal) ? deep[^1..] : deep, 200_000).SelectMany(part => part);
        byte[] whole = step.Contains("58", StringComparison.Ordinal) ? [.. deep[..^1], .. bomb] : [.. bomb];

        Should.Throw<WireFormatException>(() => ReadRequest(whole)).Message.ShouldContain("64 levels");
    }

    [Fact]
    public void Tags_upon_tags_cost_their_bytes_and_no_more()
    {
        byte[] whole = [0xA1, 0x61, 0x58, .. Enumerable.Repeat((byte)0xC6, 1_000_000), 0x01];

        Encoding.UTF8.GetString(ReadRequest(whole).Json.Span).ShouldBe("{}");
    }

    [Fact]
    public void A_number_of_a_million_digits_is_refused_before_it_is_worked_out()
    {
        byte[] big = [0xA1, 0x63, 0x42, 0x69, 0x67, 0xC2, 0x5A, 0x00, 0x06, 0x40, 0x00, .. new byte[0x64000]];

        Should.Throw<WireFormatException>(() => ReadRequest(big)).Message.ShouldContain("beyond");
    }

    [Fact]
    public void What_is_declared_takes_no_memory()
    {
        var body = Bytes("A2 61 53 61 61 64 4C697374 9A 7FFFFFFF 01");
        Should.Throw<WireFormatException>(() => ReadRequest(body));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<WireFormatException>(() => ReadRequest(body));

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200_000);
    }

    [Fact]
    public void A_broken_body_is_read_or_is_a_fault_of_the_wire_and_nothing_else()
    {
        // A fixed seed: the same bodies in every run.
        var random = new Random(20260104);
        var seed = Written(
            """
            {"Long":-5,"Big":123456789012345678901234567890,"Dec":1.5,"D":2.5,"Time":"2026-01-02T03:04:05.25Z","Blob":"AQID","S":"é😀","Flag":true,
             "Self":{"Self":{"S":"x"}},"List":[1,2,null],"Map":{"a":1,"b":300}}
            """);
        for (var i = 0; i < 20_000; i++)
        {
            var body = seed.ToArray();
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var cut = body.AsMemory(0, random.Next(4) == 0 ? random.Next(body.Length + 1) : body.Length);
            try
            {
                ReadRequest(cut);
            }
            catch (WireFormatException)
            {
                // The one exception that there may be.
            }

            var answer = new WireResponse { Status = 400, Body = cut };
            WireProtocols.For(ProtocolKind.RpcV2Cbor).ReadError(Everything, answer).Code.ShouldNotBeNullOrEmpty();
        }
    }

    [Theory]
    [InlineData("""{"Big":1.5}""", "Big")]
    [InlineData("""{"Big":1e5}""", "Big")]
    [InlineData("""{"Dec":1e5000}""", "Dec")]
    [InlineData("""{"Long":1.5}""", "Long")]
    public void A_number_that_cannot_be_written_is_named(string json, string name) =>
        Should.Throw<ArgumentException>(() => Written(json)).Message.ShouldContain($"'{name}'");

    private static string Read(string hex)
    {
        var output = new ArrayBufferWriter<byte>();
        WireProtocols.For(ProtocolKind.RpcV2Cbor).ReadResponse(Everything, new WireResponse { Body = Bytes(hex) }, new Transcription(output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static AwsInput ReadRequest(ReadOnlyMemory<byte> body) =>
        WireProtocols.For(ProtocolKind.RpcV2Cbor).ReadRequest(Everything, new WireRequest { Body = body });

    private static ReadOnlyMemory<byte> Written(string json) => Everything.Write(json).Body;

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
