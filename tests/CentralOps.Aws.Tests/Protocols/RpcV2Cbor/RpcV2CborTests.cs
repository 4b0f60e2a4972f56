using System.Buffers;
using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.RpcV2Cbor;

public sealed class RpcV2CborTests
{
    private static readonly ServiceModel Metrics = ServiceModel.Read(Encoding.UTF8.GetBytes(
        """
        {"metadata":{"protocol":"smithy-rpc-v2-cbor","targetPrefix":"Granite","awsQueryCompatible":{}},"operations":{
          "List":{"input":{"shape":"I"},"output":{"shape":"O"},"pagination":{"output_token":"NextToken"},"errors":[{"shape":"LimitExceededFault"},{"shape":"Gone"}]},
          "Ping":{}},
         "shapes":{"I":{"type":"structure","required":["Name"],"members":{"Name":{"shape":"S","locationName":"renamed"},"Token":{"shape":"S","idempotencyToken":true}}},
          "O":{"type":"structure","members":{"NextToken":{"shape":"S"},"Metrics":{"shape":"L"}}},"L":{"type":"list","member":{"shape":"M"}},
          "M":{"type":"structure","members":{"Name":{"shape":"S"},"Value":{"shape":"D"},"Tags":{"shape":"Ts"}}},"Ts":{"type":"list","member":{"shape":"T"}},
          "T":{"type":"structure","members":{"Key":{"shape":"S"},"Value":{"shape":"S"}}},"D":{"type":"double"},"S":{"type":"string"},
          "LimitExceededFault":{"type":"structure","members":{"message":{"shape":"S"}},"exception":true,"error":{"code":"LimitExceeded","httpStatusCode":429,"senderFault":true}},
          "Gone":{"type":"structure","members":{"Message":{"shape":"S"}},"exception":true,"fault":true}}}
        """));

    private static readonly OperationModel List = Metrics.Operation("List");
    private static readonly WireProtocol Protocol = WireProtocols.For(ProtocolKind.RpcV2Cbor, () => "token-1");

    [Fact]
    public void A_request_names_its_operation_in_the_path_and_its_members_as_the_model_does()
    {
        var request = new WireRequest();
        Protocol.WriteRequest(List, Wires.Input("""{"Name":"n"}"""), request);

        (request.Method, request.Path, request.Query).ShouldBe(("POST", "/service/Granite/operation/List", ""));
        Convert.ToHexString(request.Body.Span).ShouldBe("BF" + "644E616D65" + "616E" + "65546F6B656E" + "67746F6B656E2D31" + "FF");
        request.Headers.Find("x-amzn-query-mode").ShouldBe("true");
        Protocol.ReadRequest(List, request).Json.Text().ShouldBe("""{"Name":"n","Token":"token-1"}""");
        Should.Throw<ArgumentException>(() => List.Write("{}")).Message.ShouldContain("'Name' is required");
        Should.Throw<ArgumentException>(() => List.Write("""{"Nam":1}""")).Message.ShouldContain("Did you mean Name");
    }

    [Theory]
    [InlineData("POST", "/service/Granite/operation/List", "rpc-v2-cbor", "List")]
    [InlineData("POST", "/prefix/service/Granite/operation/Ping", "rpc-v2-cbor", "Ping")]
    [InlineData("GET", "/service/Granite/operation/List", "rpc-v2-cbor", null)]
    [InlineData("POST", "/service/Granite/operation/List", "rpc-v2-json", null)]
    [InlineData("POST", "/service/Granite/operation/List", null, null)]
    [InlineData("POST", "/service/Other/operation/List", "rpc-v2-cbor", null)]
    [InlineData("POST", "/service/Granite/operation/list", "rpc-v2-cbor", null)]
    [InlineData("POST", "/service/Granite/operation/List/", "rpc-v2-cbor", null)]
    [InlineData("POST", "/", "rpc-v2-cbor", null)]
    public void An_operation_is_found_by_path_and_protocol(string method, string path, string? protocol, string? operation)
    {
        var request = new WireRequest { Method = method, Path = path };
        if (protocol is not null)
        {
            request.Headers.Add("smithy-protocol", protocol);
        }

        Protocol.Match(Metrics, request)?.Name.ShouldBe(operation);
        (Protocol.Match(Metrics, request) is null).ShouldBe(operation is null);
    }

    [Fact]
    public void An_operation_without_input_and_output_has_no_bodies()
    {
        var ping = Metrics.Operation("Ping");
        var request = ping.Write("{}");
        var response = Protocol.WriteResponse(ping, new("{}"u8.ToArray()), "r-1");

        (request.Body.IsEmpty, request.Headers.Find("Content-Type")).ShouldBe((true, null));
        (response.Body.IsEmpty, response.Headers.Find("Content-Type"), response.Headers.Find("smithy-protocol")).ShouldBe((true, null, "rpc-v2-cbor"));
        Read(ping, response, null).Json.ShouldBe("{}");
        Should.Throw<ArgumentException>(() => ping.Write("""{"Name":"n"}""")).Message.ShouldContain("takes no members");
    }

    [Fact]
    public void Projected_items_and_the_token_come_out_while_the_page_is_read()
    {
        var response = Protocol.WriteResponse(
            List,
            new("""{"Metrics":[{"Name":"cpu","Value":0.5,"Tags":[{"Key":"a","Value":"b"}]},{"Value":"NaN"},{"Name":"disk"}],"NextToken":"t"}"""u8.ToArray()),
            "r-1");

        var (json, into) = Read(List, response, Projection.Items("Metrics", Field.Value("Name"), Field.Value("Value"), Field.TagMap("Tags")));

        json.ShouldBe("""{"Name":"cpu","Value":0.5,"Tags":{"a":"b"}},{"Name":null,"Value":"NaN","Tags":{}},{"Name":"disk","Value":null,"Tags":{}}""");
        (into.NextToken, into.SeenOnPage, response.Headers.Find("x-amzn-RequestId")).ShouldBe(("t", 3, "r-1"));
    }

    [Fact]
    public void An_error_carries_its_shape_in_the_body_and_its_old_code_in_a_header()
    {
        var response = Protocol.WriteError(Metrics, List, new("LimitExceeded", "Enough.", 418), "r-1");

        response.Headers.Find("x-amzn-query-error").ShouldBe("LimitExceeded;Sender");
        Protocol.ReadError(List, response).ShouldBe(new WireError("LimitExceeded", "Enough.", 429) { RequestId = "r-1", SenderFault = true });
        response.Headers.Remove("x-amzn-query-error");
        Protocol.ReadError(List, response).Code.ShouldBe("LimitExceededFault");
        Protocol.ReadError(List, Protocol.WriteError(Metrics, List, new("Gone", "Was here.", 418), "r-2"))
            .ShouldBe(new WireError("Gone", "Was here.", 500) { RequestId = "r-2", SenderFault = false });
    }

    [Theory]
    [InlineData("")]
    [InlineData("BF")]
    [InlineData("A1 66 5F5F74797065 01")]
    [InlineData("80")]
    [InlineData("A1 61 61 9F 9F 9F")]
    [InlineData("BB FFFFFFFFFFFFFFFF")]
    public void A_body_without_an_error_still_gives_one(string hex)
    {
        var response = new WireResponse { Status = 503, Body = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)) };

        var error = Protocol.ReadError(List, response);

        (error.Code, error.Status, error.SenderFault).ShouldBe(("UnknownError", 503, false));
    }

    private static (string Json, Transcription Into) Read(OperationModel operation, WireResponse response, Projection? projection)
    {
        var output = new ArrayBufferWriter<byte>();
        var into = new Transcription(output, projection);
        Protocol.ReadResponse(operation, response, into);
        return (Encoding.UTF8.GetString(output.WrittenSpan), into);
    }
}
