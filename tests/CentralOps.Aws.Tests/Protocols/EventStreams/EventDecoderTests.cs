using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Protocols.EventStreams;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.EventStreams;

public sealed class EventDecoderTests
{
    private const string Shapes =
        """
        {"I":{"type":"structure","members":{"Text":{"shape":"S"}}},
         "O":{"type":"structure","members":{"Stream":{"shape":"E"},"Id":{"shape":"S","location":"header","locationName":"x-id"}},"payload":"Stream"},
         "P":{"type":"structure","members":{"Stream":{"shape":"E"},"Id":{"shape":"S"}}},
         "E":{"type":"structure","eventstream":true,"members":{"Part":{"shape":"Part"},"Raw":{"shape":"Raw"},"Whole":{"shape":"Whole"},"Line":{"shape":"Line"},"Empty":{"shape":"Empty"},"Slow":{"shape":"Slow"},"Broken":{"shape":"Broken"}}},
         "Part":{"type":"structure","event":true,"members":{"Name":{"shape":"S"},"Size":{"shape":"N","eventheader":true},"Big":{"shape":"L","eventheader":true},"On":{"shape":"B","eventheader":true},"At":{"shape":"T","eventheader":true},"Id":{"shape":"S","eventheader":true},"Key":{"shape":"X","eventheader":true}}},
         "Raw":{"type":"structure","event":true,"members":{"Bytes":{"shape":"X","eventpayload":true},"Kind":{"shape":"S","eventheader":true}}},
         "Whole":{"type":"structure","event":true,"members":{"Body":{"shape":"Part","eventpayload":true}}},
         "Line":{"type":"structure","event":true,"members":{"Text":{"shape":"S","eventpayload":true}}},
         "Empty":{"type":"structure","event":true,"members":{}},
         "Slow":{"type":"structure","exception":true,"error":{"code":"SlowDown","httpStatusCode":429},"members":{"message":{"shape":"S"}}},
         "Broken":{"type":"structure","exception":true,"fault":true,"members":{"message":{"shape":"S"}}},
         "S":{"type":"string"},"N":{"type":"integer"},"L":{"type":"long"},"B":{"type":"boolean"},"T":{"type":"timestamp"},"X":{"type":"blob"}}
        """;

    private static readonly OperationModel Json = Operation("rest-json");

    [Fact]
    public void Events_are_the_unions_members_with_headers_and_payload_in_their_places()
    {
        Read(Json, Events.Event("Part", """{"Name":"é","Other":1}""",
            new("Size", EventHeaderKind.Byte, new byte[] { 0xFE }), new("Big", EventHeaderKind.Int64, new byte[] { 0, 0, 0, 1, 0, 0, 0, 0 }), new("On", EventHeaderKind.True, default),
            new("At", EventHeaderKind.Timestamp, new byte[] { 0, 0, 0, 0, 0, 0, 0x05, 0xDC }), new("Id", EventHeaderKind.Uuid, new byte[16]), new("Key", EventHeaderKind.Bytes, new byte[] { 1, 2 })))
            .ShouldBe("""{"Part":{"Size":-2,"Big":4294967296,"On":true,"At":"1970-01-01T00:00:01.5Z","Id":"00000000-0000-0000-0000-000000000000","Key":"AQI=","Name":"é"}}""");
        Read(Json, Events.Event("Raw", "\u0001\"", Events.Text("Kind", "k"))).ShouldBe("""{"Raw":{"Kind":"k","Bytes":"ASI="}}""");
        Read(Json, Events.Event("Whole", """{"Name":"n"}""")).ShouldBe("""{"Whole":{"Body":{"Name":"n"}}}""");
        Read(Json, Events.Event("Line", "a \"line\"\n")).ShouldBe("""{"Line":{"Text":"a \"line\"\n"}}""");
        Read(Json, Events.Event("Empty", "")).ShouldBe("""{"Empty":{}}""");
        Decode(Json, Events.Event("Newer", "{}")).ShouldBe(new StreamedEvent.Unknown("Newer"));
    }

    [Fact]
    public void An_events_body_is_in_the_services_protocol()
    {
        Read(Operation("rest-xml"), Events.Event("Part", "<Part><Name>n</Name></Part>")).ShouldBe("""{"Part":{"Name":"n"}}""");
        Read(Operation("json", "P"), Events.Event("Part", """{"Name":"n"}""")).ShouldBe("""{"Part":{"Name":"n"}}""");
        var cbor = Operation("smithy-rpc-v2-cbor", "P");
        Read(cbor, Events.Message([Events.Text(":message-type", "event"), Events.Text(":event-type", "Part")], Convert.FromHexString("A1644E616D65616E"))).ShouldBe("""{"Part":{"Name":"n"}}""");
        Read(Operation("json", "P"), Events.Event("initial-response", """{"Id":"i"}""")).ShouldBe("""{"Id":"i"}""");
    }

    [Fact]
    public void An_exception_and_an_error_end_the_stream_as_errors()
    {
        Failed(Json, Events.Exception("Slow", """{"message":"Wait."}""")).ShouldBe(new WireError("SlowDown", "Wait.", 429));
        Failed(Json, Events.Exception("Broken", """{"message":"Oh."}""")).ShouldBe(new WireError("Broken", "Oh.", 500) { SenderFault = false });
        Failed(Json, Events.Exception("Newer", "not json")).Code.ShouldBe("Newer");
        Failed(Operation("rest-xml"), Events.Exception("Slow", "<Slow><message>Wait.</message></Slow>")).Code.ShouldBe("SlowDown");
        Failed(Json, Events.Error("InternalError", "Gone.")).ShouldBe(new WireError("InternalError", "Gone.", 500) { SenderFault = false });
    }

    [Fact]
    public void What_is_no_event_is_a_fault_of_the_wire()
    {
        foreach (var bytes in (byte[][])[
            Events.Message([], []),
            Events.Message([Events.Text(":message-type", "other")], []),
            Events.Event("Part", "{"),
            Events.Event("Part", "[]"),
            Events.Event("Part", "{} more"),
            Events.Event("Part", "{\"Name\":{}}"),
            Events.Event("Part", "{}", Events.Text("Size", "1")),
            Events.Event("Whole", "<Name/>")])
        {
            Should.Throw<WireFormatException>(() => Decode(Json, bytes));
        }
    }

    [Fact]
    public void A_stream_that_we_would_have_to_send_is_refused_by_operation_and_member()
    {
        var operation = Wires.Model(
            """{"protocol":"rest-json","endpointPrefix":"t","serviceId":"T"}""",
            """{"http":{"method":"POST","requestUri":"/"},"input":{"shape":"O"},"output":{"shape":"O"}}""", Shapes);

        var refusal = Should.Throw<InputException>(() => operation.Write("{}"));

        refusal.Message.ShouldContain("t:Do");
        refusal.Message.ShouldContain("'Stream'");
    }

    [Fact]
    public void No_message_whatever_makes_decoding_fault()
    {
        // './test --long' runs the large form. A fixed seed: the same messages in every run.
        var cases = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is null ? 10_000 : 250_000;
        var random = new Random(20260107);
        OperationModel[] operations = [Json, Operation("rest-xml"), Operation("json", "P"), Operation("smithy-rpc-v2-cbor", "P")];
        string[] names = ["Part", "Raw", "Whole", "Line", "Empty", "Slow", "initial-response", "x"];
        string[] payloads = ["""{"Name":"é","Body":{"Name":[1]}}""", "<Part><Name>n</Name></Part>", "\u00a1dNamean", ""];
        var faults = 0;
        for (var i = 0; i < cases; i++)
        {
            var payload = Encoding.Latin1.GetBytes(payloads[random.Next(payloads.Length)]);
            for (var change = random.Next(0, 4); change > 0 && payload.Length > 0; change--)
            {
                payload[random.Next(payload.Length)] = (byte)random.Next(256);
            }

            var kind = random.Next(8) == 0 ? "exception" : "event";
            var size = new byte[random.Next(0, 9)];
            random.NextBytes(size);
            var headerKind = (EventHeaderKind)random.Next(10);
            var fits = EventHeader.SizeOf(headerKind) is var length && (length < 0 || length == size.Length);
            var message = Events.Message(
                [Events.Text(":message-type", kind), Events.Text($":{kind}-type", names[random.Next(names.Length)]), .. fits ? (EventHeader[])[new("Size", headerKind, size)] : []], payload);
            try
            {
                Decode(operations[i % operations.Length], message);
            }
            catch (WireFormatException)
            {
                faults++;
            }
        }

        faults.ShouldBeInRange(cases / 20, cases);
    }

    private static OperationModel Operation(string protocol, string output = "O") => Wires.Model(
        $$"""{"protocol":"{{protocol}}","targetPrefix":"T","apiVersion":"1","serviceId":"T","endpointPrefix":"t"}""",
        $$$"""{"http":{"method":"POST","requestUri":"/"},"input":{"shape":"I"},"output":{"shape":"{{{output}}}"}}""", Shapes);

    private static StreamedEvent Decode(OperationModel operation, byte[] bytes) => new EventDecoder(operation).Decode(EventMessage.Read(bytes));

    private static string Read(OperationModel operation, byte[] bytes) => Decode(operation, bytes).ShouldBeOfType<StreamedEvent.Data>().Json.Text();

    private static WireError Failed(OperationModel operation, byte[] bytes) => Decode(operation, bytes).ShouldBeOfType<StreamedEvent.Failed>().Error;
}
