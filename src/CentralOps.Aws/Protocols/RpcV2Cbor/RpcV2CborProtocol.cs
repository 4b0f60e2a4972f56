using System.Buffers;
using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Cbor;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.RpcV2Cbor;

/// <summary>https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html</summary>
internal sealed class RpcV2CborProtocol(Func<string> newToken) : WireProtocol
{
    private const string ContentType = "application/cbor";
    private const string ProtocolHeader = "smithy-protocol";
    private const string ProtocolName = "rpc-v2-cbor";

    public override ProtocolKind Kind => ProtocolKind.RpcV2Cbor;

    protected override void WriteMessage(OperationModel operation, AwsInput input, WireRequest request)
    {
        request.Method = "POST";
        request.Path = $"/service/{operation.Service.TargetPrefix}/operation/{operation.Name}";
        request.Headers.Set(ProtocolHeader, ProtocolName);
        request.Headers.Set("Accept", ContentType);
        if (operation.Service.QueryCompatible)
        {
            request.Headers.Set(QueryErrors.ModeHeader, "true");
        }

        // An input that the model does not have is no body at all; one without members is an empty map.
        var body = WriteBody(operation, input.Json.Span, operation.Input, newToken);
        if (operation.Input is not null)
        {
            request.Headers.Set("Content-Type", ContentType);
            request.Body = body;
        }

        request.HostPrefix = HostPrefixes.Expand(operation, input.Json.Span);
    }

    internal override void ReadPage(OperationModel operation, WireResponse response, Transcription into)
    {
        into.BeginPage();
        if (response.Body.IsEmpty || operation.Output is null)
        {
            PageReader.ReadNothing(into);
            return;
        }

        var reader = new CborWireReader(response.Body.Span);
        PageReader.Read(ref reader, operation, into);
        reader.End();
    }

    public override WireError ReadError(OperationModel operation, WireResponse response)
    {
        string? code = null, message = null;
        try
        {
            Scan(response.Body.Span, ref code, ref message);
        }
        catch (WireFormatException)
        {
            // What was found before the body broke is kept; the rest is said by status and headers.
        }

        return QueryErrors.Make(response, ErrorCodes.Strip(code), message);
    }

    public override OperationModel? Match(ServiceModel service, WireRequest request) =>
        string.Equals(request.Headers.Find(ProtocolHeader), ProtocolName, StringComparison.Ordinal)
        && string.Equals(request.Method, "POST", StringComparison.Ordinal)
        && request.Path.Split('/') is [.., "service", var target, "operation", var name]
        && string.Equals(target, service.TargetPrefix, StringComparison.Ordinal)
        && service.TryGetOperation(name, out var operation)
            ? operation
            : null;

    public override AwsInput ReadRequest(OperationModel operation, WireRequest request)
    {
        if (request.Body.IsEmpty)
        {
            return new("{}"u8.ToArray());
        }

        var json = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(json);
        var reader = new CborWireReader(RequestCompression.BodyOf(request).Span);
        Transcriber.WriteStructure(ref reader, operation.Input ?? Shape.Empty, writer);
        reader.End();
        writer.Flush();
        return new(json.WrittenMemory);
    }

    public override WireResponse WriteResponse(OperationModel operation, AwsOutput output, string requestId)
    {
        var body = WriteBody(operation, output.Json.Span, operation.Output, null);
        return operation.Output is null ? Answer(operation.ResponseCode, requestId) : Answer(operation.ResponseCode, requestId, body);
    }

    public override WireResponse WriteError(ServiceModel service, OperationModel? operation, WireError error, string requestId)
    {
        var declared = ErrorCodes.Declared(operation, error.Code);
        var writer = new CborWriter();
        writer.StartMap();
        writer.WriteText("__type");
        writer.WriteText(declared?.Shape.Name ?? error.Code);
        writer.WriteText(declared?.Shape.FindMember("Message")?.Name ?? "message");
        writer.WriteText(error.Message);
        writer.End();
        var answer = Answer(declared?.Status ?? error.Status, requestId, writer.Written);
        if (service.QueryCompatible)
        {
            QueryErrors.Set(answer, declared?.Code ?? error.Code, declared?.SenderFault ?? error.SenderFault);
        }

        return answer;
    }

    private static ReadOnlyMemory<byte> WriteBody(OperationModel operation, ReadOnlySpan<byte> json, Shape? shape, Func<string>? newToken)
    {
        try
        {
            var writer = new CborWriter();
            var input = new InputReader(json, isRequest: newToken is not null);
            new CborBodyWriter(writer, newToken).WriteStructure(ref input, shape ?? Shape.Empty);
            input.End();
            return writer.Written;
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Input(operation, exception);
        }
    }

    private static WireResponse Answer(int status, string requestId, ReadOnlyMemory<byte>? body = null)
    {
        var response = new WireResponse { Status = status, Body = body ?? default };
        response.Headers.Set(ProtocolHeader, ProtocolName);
        response.Headers.Set(RequestIds.Header, requestId);
        if (body is not null)
        {
            response.Headers.Set("Content-Type", ContentType);
        }

        return response;
    }

    private static void Scan(ReadOnlySpan<byte> body, ref string? code, ref string? message)
    {
        var reader = new CborReader(body);
        if (body.IsEmpty || reader.Type != CborType.Map)
        {
            return;
        }

        var left = reader.Count(reader.ReadHead(), 2);
        while (!reader.AtEndOf(ref left))
        {
            var name = ReadText(ref reader);
            if (name is "__type" && reader.Type == CborType.Text)
            {
                code ??= ReadText(ref reader);
            }
            else if (name is "message" or "Message" && reader.Type == CborType.Text)
            {
                message ??= ReadText(ref reader);
            }
            else
            {
                reader.Skip(1);
            }
        }
    }

    private static string ReadText(ref CborReader reader)
    {
        var head = reader.ReadHead();
        return head.Type == CborType.Text ? Encoding.UTF8.GetString(reader.ReadString(head)) : throw reader.Wrong("a key that is not a text");
    }
}
