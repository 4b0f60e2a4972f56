using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.RoundTrips;

/// <summary>A generated input through client and server half, and a generated output back.</summary>
internal static class GoingRound
{
    public static void Check(OperationModel operation, ProtocolKind kind, int seed)
    {
        var protocol = WireProtocols.For(kind);
        if (new ValueGenerator(seed, isRequest: true).Root(operation.Input) is { } input)
        {
            LeaveOutChecksums(operation.Checksum is not null, operation.Input!, input);
            ShouldBe(There(protocol, operation, input), input, operation, kind);
        }

        if (new ValueGenerator(seed, isRequest: false).Root(operation.Output) is { } output)
        {
            LeaveOutChecksums(operation.AnswerChecksum is not null, operation.Output!, output);
            ShouldBe(Back(protocol, operation, output), output, operation, kind);
        }
    }

    private static JsonObject There(WireProtocol protocol, OperationModel operation, JsonObject input)
    {
        var request = new WireRequest();
        protocol.WriteRequest(operation, new(Bytes(input)), request);

        var matched = protocol.Match(operation.Service, request);
        matched.ShouldNotBeNull($"{operation}: nothing takes {request.Method} {request.Path}?{request.Query}");
        matched.Name.ShouldBe(operation.Name);
        var read = protocol.ReadRequest(operation, request);
        var json = WithBlob(JsonNode.Parse(read.Json.Span)!.AsObject(), operation.Input!, read.Blob ?? default);
        TakeOffChecksum(operation, json, input);
        TakeOffHeaders(operation.Input!, json, input);
        return json;
    }

    private static JsonObject Back(WireProtocol protocol, OperationModel operation, JsonObject output)
    {
        var response = protocol.WriteResponse(operation, new(Bytes(output)), "request-1");

        protocol.IsError(operation, response).ShouldBeFalse();
        var read = new ArrayBufferWriter<byte>();
        var into = new Transcription(read);
        protocol.ReadResponse(operation, response, into);
        var json = WithBlob(JsonNode.Parse(read.WrittenSpan)!.AsObject(), operation.Output!, into.Blob);
        TakeOffHeaders(operation.Output!, json, output);
        return json;
    }

    private static JsonObject WithBlob(JsonObject read, Shape shape, ReadOnlyMemory<byte> blob)
    {
        if (!blob.IsEmpty)
        {
            read[shape.Payload!] = Convert.ToBase64String(blob.Span);
        }

        return read;
    }

    // A body has a type, said by the model or not; and a map may take every header there is.
    private static void TakeOffHeaders(Shape shape, JsonObject read, JsonObject given)
    {
        foreach (var member in shape.Members)
        {
            if (!given.ContainsKey(member.Name) && string.Equals(member.LocationName, "Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                read.Remove(member.Name);
            }

            if (member is { Location: MemberLocation.Headers, LocationName: null or "" } && read[member.Name] is JsonObject all)
            {
                read[member.Name] = new JsonObject(all.Where(header => given[member.Name]!.AsObject().ContainsKey(header.Key)).Select(header => KeyValuePair.Create(header.Key, header.Value?.DeepClone())));
            }
        }
    }

    // A checksum that is made up is none of the body.
    private static void LeaveOutChecksums(bool verified, Shape shape, JsonObject value)
    {
        foreach (var member in verified ? shape.Members : [])
        {
            if (IsChecksum(member) || member.LocationName == "x-amz-sdk-checksum-algorithm" || member.Name == "ChecksumAlgorithm")
            {
                value.Remove(member.Name);
            }
        }
    }

    private static bool IsChecksum(Member member) =>
        member.LocationName?.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase) == true || member.LocationName == "Content-MD5";

    // The client computed it, so the server reads one more than was given.
    private static void TakeOffChecksum(OperationModel operation, JsonObject read, JsonObject given)
    {
        foreach (var member in operation.Checksum is null && operation.AnswerChecksum is null ? [] : operation.Input!.Members)
        {
            if (!given.ContainsKey(member.Name) && (member.Name == operation.Checksum?.AlgorithmMember || IsChecksum(member)))
            {
                read.Remove(member.Name);
            }
        }
    }

    private static void ShouldBe(JsonObject actual, JsonObject expected, OperationModel operation, ProtocolKind kind) => JsonNode.DeepEquals(actual, expected)
        .ShouldBeTrue($"{kind} {operation}: expected {expected.ToJsonString()}\nwas {actual.ToJsonString()}");

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
