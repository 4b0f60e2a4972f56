using System.Buffers;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.AwsJson;

/// <summary>Versions 1.0 and 1.1, which differ in their content type. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html</summary>
internal sealed class AwsJsonProtocol(ProtocolKind kind, Func<string> newToken) : WireProtocol
{
    private const string TargetHeader = "X-Amz-Target";

    public override ProtocolKind Kind => kind;

    private string ContentType => kind == ProtocolKind.AwsJson10 ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";

    protected override void WriteMessage(OperationModel operation, AwsInput input, WireRequest request)
    {
        request.Method = operation.Method;
        request.Path = operation.RequestUri;
        request.Headers.Set("Content-Type", ContentType);
        request.Headers.Set(TargetHeader, $"{operation.Service.TargetPrefix}.{operation.Name}");
        if (operation.Service.QueryCompatible)
        {
            request.Headers.Set(QueryErrors.ModeHeader, "true");
        }

        request.Body = WriteBody(operation, input.Json.Span, operation.Input, newToken);
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

        try
        {
            var reader = new JsonWireReader(response.Body.Span);
            PageReader.Read(ref reader, operation, into);
            reader.End();
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Wire("answer", operation, exception);
        }
    }

    public override WireError ReadError(OperationModel operation, WireResponse response) => JsonErrors.Read(response);

    public override OperationModel? Match(ServiceModel service, WireRequest request)
    {
        var target = request.Headers.Find(TargetHeader).AsSpan();
        var dot = target.LastIndexOf('.');
        return dot > 0
            && target[..dot].SequenceEqual(service.TargetPrefix)
            && service.TryGetOperation(target[(dot + 1)..].ToString(), out var operation)
            ? operation
            : null;
    }

    public override AwsInput ReadRequest(OperationModel operation, WireRequest request)
    {
        if (request.Body.IsEmpty)
        {
            return new("{}"u8.ToArray());
        }

        try
        {
            var json = new ArrayBufferWriter<byte>();
            using var writer = JsonOutput.Writer(json);
            var reader = new JsonWireReader(RequestCompression.BodyOf(request).Span);
            Transcriber.WriteStructure(ref reader, operation.Input ?? Shape.Empty, writer);
            reader.End();
            writer.Flush();
            return new(json.WrittenMemory);
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Wire("request", operation, exception);
        }
    }

    public override WireResponse WriteResponse(OperationModel operation, AwsOutput output, string requestId) =>
        Answer(operation.ResponseCode, WriteBody(operation, output.Json.Span, operation.Output, null), requestId);

    public override WireResponse WriteError(ServiceModel service, OperationModel? operation, WireError error, string requestId)
    {
        var declared = ErrorCodes.Declared(operation, error.Code);
        var body = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(body);
        writer.WriteStartObject();
        // The shape's name, also where awsQuery clients know the error by another code: they get that in a header.
        writer.WriteString("__type", declared?.Shape.Name ?? error.Code);
        JsonErrors.Write(writer, error, declared);
        writer.WriteEndObject();
        writer.Flush();
        var answer = Answer(declared?.Status ?? error.Status, body.WrittenMemory, requestId);
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
            var body = new ArrayBufferWriter<byte>();
            using var writer = JsonOutput.Writer(body);
            var input = new InputReader(json, isRequest: newToken is not null);
            JsonBodyWriter.WriteStructure(ref input, shape ?? Shape.Empty, writer, newToken);
            input.End();
            writer.Flush();
            return body.WrittenMemory;
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Input(operation, exception);
        }
    }

    private WireResponse Answer(int status, ReadOnlyMemory<byte> body, string requestId)
    {
        var response = new WireResponse { Status = status, Body = body };
        response.Headers.Set("Content-Type", ContentType);
        response.Headers.Set(RequestIds.Header, requestId);
        return response;
    }
}
