using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.Conformance;

/// <summary>AWS's response cases: forwards through the client half; and what they hold through the server half and back.</summary>
public sealed class ResponseCases
{
    public static TheoryData<string, string> Answers() => SharedCases.Ids("output", known => !known.IsError);

    public static TheoryData<string, string> Errors() => SharedCases.Ids("output", known => known.IsError);

    [SharedTheory]
    [MemberData(nameof(Answers))]
    public void The_client_half_reads_what_AWS_answers(string file, string id)
    {
        var known = SharedCases.Find("output", file, id);

        ShouldBe(Read(known.Operation, known.Response), known.Result);
    }

    [SharedTheory]
    [MemberData(nameof(Answers))]
    public void The_server_half_writes_an_answer_that_reads_back_the_same(string file, string id)
    {
        var known = SharedCases.Find("output", file, id);
        var operation = known.Operation;

        var response = WireProtocols.For(operation.Service.Protocol).WriteResponse(operation, Output(operation, known.Result), "request-1");

        response.Status.ShouldBe(known.Response.Status);
        if (id == Exceptions.TakesEveryHeader)
        {
            response.Headers.Remove("Content-Type");
            response.Headers.Remove("x-amzn-RequestId");
        }

        ShouldBe(Read(operation, response), known.Result);
    }

    [SharedTheory]
    [MemberData(nameof(Errors))]
    public void The_client_half_reads_AWS_errors(string file, string id)
    {
        var known = SharedCases.Find("output", file, id);

        var error = WireProtocols.For(known.Operation.Service.Protocol).ReadError(known.Operation, known.Response);

        ShouldBe(error, known);
    }

    [SharedTheory]
    [MemberData(nameof(Errors))]
    public void The_server_half_writes_errors_that_read_back_the_same(string file, string id)
    {
        var known = SharedCases.Find("output", file, id);
        var operation = known.Operation;
        var protocol = WireProtocols.For(operation.Service.Protocol);

        // The status is the model's business: what is said here must not show.
        var said = new WireError(known.ErrorCode!, known.ErrorMessage ?? "Something", 418);
        var response = protocol.WriteError(operation.Service, operation, said, "request-1");
        var error = protocol.ReadError(operation, response);

        error.Code.ShouldBe(known.ErrorCode);
        error.Message.ShouldBe(said.Message);
        error.RequestId.ShouldBe("request-1");
        error.Status.ShouldBe(operation.Errors.Single().Status);
    }

    [SharedFact]
    public void Every_case_is_run()
    {
        var counts = SharedCases.Files.ToDictionary(file => file, file => SharedCases.Read("output", file).Count());

        counts.ShouldBe(new Dictionary<string, int>
        {
            ["query"] = 38, ["ec2"] = 29, ["json"] = 58, ["json_1_0"] = 32, ["json_1_0-query-compatible"] = 2, ["rest-json"] = 91, ["rest-xml"] = 78,
            ["smithy-rpc-v2-cbor"] = 35, ["smithy-rpc-v2-cbor-query-compatible"] = 2, ["smithy-rpc-v2-cbor-non-query-compatible"] = 0,
        });
    }

    private static void ShouldBe(WireError error, ProtocolCase known)
    {
        error.Code.ShouldBe(known.ErrorCode);
        error.Status.ShouldBe(known.Response.Status);
        error.SenderFault.ShouldBe(known.Response.Status < 500);
        error.Message.ShouldNotBeNullOrEmpty();
        if (known.ErrorMessage is { } message)
        {
            error.Message.ShouldBe(message);
        }
    }

    private static JsonObject Read(OperationModel operation, WireResponse response)
    {
        var output = new ArrayBufferWriter<byte>();
        var into = new Transcription(output);
        WireProtocols.For(operation.Service.Protocol).ReadResponse(operation, response, into);
        var read = JsonNode.Parse(output.WrittenSpan)!.AsObject();
        if (!into.Blob.IsEmpty)
        {
            read[operation.Output!.Payload!] = Convert.ToBase64String(into.Blob.Span);
        }

        return read;
    }

    private static AwsOutput Output(OperationModel operation, JsonNode result)
    {
        var json = result.DeepClone().AsObject();
        if (operation.Output?.Payload is not { } payload || json[payload] is not { } value
            || operation.Output.FindMember(payload)!.Shape.Kind != ShapeKind.Blob)
        {
            return new(Encoding.UTF8.GetBytes(json.ToJsonString()));
        }

        json.Remove(payload);
        return new(Encoding.UTF8.GetBytes(json.ToJsonString()), Convert.FromBase64String((string)value!));
    }

    private static void ShouldBe(JsonNode? actual, JsonNode? expected) =>
        JsonNode.DeepEquals(actual, expected).ShouldBeTrue($"expected {expected?.ToJsonString()}\nwas {actual?.ToJsonString()}");
}
