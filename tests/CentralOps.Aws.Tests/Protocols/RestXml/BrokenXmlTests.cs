using System.Buffers;
using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.RestXml;

public sealed class BrokenXmlTests
{
    private static readonly OperationModel Everything = Wires.Model(
        """{"protocol":"rest-xml"}""",
        """{"http":{"method":"PUT","requestUri":"/{Id}"},"input":{"shape":"O","locationName":"In"},"output":{"shape":"O"}}""",
        """
        {"O":{"type":"structure","members":{"Id":{"shape":"S","location":"uri","locationName":"Id"},"A":{"shape":"S","xmlAttribute":true,"locationName":"p:a"},
          "N":{"shape":"L","xmlAttribute":true},"Long":{"shape":"L"},"Time":{"shape":"T"},"Blob":{"shape":"X"},"Self":{"shape":"O"},"List":{"shape":"Ls"},
          "Flat":{"shape":"Ls","flattened":true,"locationName":"f"},"Map":{"shape":"M"},"FlatMap":{"shape":"M","flattened":true}},
          "xmlNamespace":{"prefix":"p","uri":"http://p/"}},
         "L":{"type":"long"},"T":{"type":"timestamp"},"X":{"type":"blob"},"S":{"type":"string"},"Ls":{"type":"list","member":{"shape":"L"}},
         "M":{"type":"map","key":{"shape":"S"},"value":{"shape":"L"}}}
        """);

    private const string Members =
        """
        "A":"é","N":7,"Long":-5,"Time":"2026-01-02T03:04:05Z","Blob":"AQID","Self":{"A":"in","Self":{"N":1}},"List":[1,2],"Map":{"a":1},"Flat":[3,4],"FlatMap":{"b":2}
        """;

    [Fact]
    public void Attributes_elements_and_flattened_lists_go_both_ways()
    {
        var request = Everything.Write("{\"Id\":\"x\"," + Members + "}");

        Protocol.ReadRequest(Everything, request).Json.Text().ShouldBe("{\"Id\":\"x\"," + Members.Trim() + "}");
    }

    [Fact]
    public void A_broken_body_is_read_or_is_a_fault_of_the_wire_and_nothing_else()
    {
        // A fixed seed: the same bodies in every run.
        var random = new Random(20260105);
        var seed = Everything.Write("{\"Id\":\"x\"," + Members + "}").Body;
        for (var i = 0; i < 20_000; i++)
        {
            var body = seed.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                body[random.Next(body.Length)] = random.Next(3) > 0 ? (byte)"<>/=\"' &;:x"[random.Next(11)] : (byte)random.Next(256);
            }

            try
            {
                Protocol.ReadRequest(Everything, new WireRequest { Method = "PUT", Path = "/x", Body = body });
            }
            catch (WireFormatException)
            {
                // The one exception that there may be.
            }

            var answer = new WireResponse { Body = body };
            Protocol.IsError(Everything, answer);
            Protocol.ReadError(Everything, answer).Code.ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public void Attributes_that_nest_without_end_are_refused_like_elements()
    {
        var bomb = "<O>" + string.Concat(Enumerable.Repeat("<Self N='1'>", 100_000));

        Should.Throw<WireFormatException>(() => Everything.Read(bomb)).Message.ShouldContain("64 levels");
    }

    [Theory]
    [InlineData("<O N=''><Long>1</Long></O>", """{"Long":1}""")]
    [InlineData("<O N='1' xmlns='u' xmlns:A='v'/>", """{"N":1}""")]
    [InlineData("<O unknown='1' N=' 2 ' more='3'><Self/></O>", """{"N":2,"Self":{}}""")]
    [InlineData("<O><Self q:a='2' xmlns:q='q'><Long>3</Long></Self></O>", """{"Self":{"A":"2","Long":3}}""")]
    public void Attributes_are_read_where_they_are_known(string body, string expected) => Everything.Read(body).ShouldBe(expected);

    [Fact]
    public void An_attribute_that_is_not_of_its_kind_is_named() =>
        Should.Throw<WireFormatException>(() => Everything.Read("<O N='many'/>")).Message.ShouldContain("'N'");

    [Fact]
    public void Projected_items_come_out_of_a_payload_and_its_token_too()
    {
        var operation = Wires.Model(
            """{"protocol":"rest-xml"}""",
            """{"http":{"method":"GET","requestUri":"/"},"output":{"shape":"O"},"pagination":{"output_token":"List.Next"}}""",
            """
            {"O":{"type":"structure","members":{"List":{"shape":"P"}},"payload":"List"},"P":{"type":"structure","members":{"Next":{"shape":"S"},"Items":{"shape":"I"}}},
             "I":{"type":"list","member":{"shape":"Item","locationName":"Item"}},"Item":{"type":"structure","members":{"Id":{"shape":"S"},"Rest":{"shape":"S"}}},"S":{"type":"string"}}
            """);
        var output = new ArrayBufferWriter<byte>();
        var into = new Transcription(output, Projection.Items("List.Items", Field.Value("Id")));

        operation.Read("<P><Items><Item><Rest>x</Rest><Id>1</Id></Item><Item><Id>2</Id></Item></Items><Next>n</Next></P>", into);

        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe("""{"Id":"1"},{"Id":"2"}""");
        into.NextToken.ShouldBe("n");
        operation.Read("<P><Next>n</Next></P>", out var whole).ShouldBe("""{"List":{"Next":"n"}}""");
        whole.NextToken.ShouldBe("n");
    }

    private static WireProtocol Protocol => WireProtocols.For(ProtocolKind.RestXml);
}
