using System.Buffers;
using System.Runtime.CompilerServices;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.RestJson;

/// <summary>https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html</summary>
internal sealed class RestJson1Protocol(Func<string> newToken) : WireProtocol
{
    private readonly ConditionalWeakTable<ServiceModel, RouteTable> _routes = [];

    public override ProtocolKind Kind => ProtocolKind.RestJson1;

    public override void WriteRequest(OperationModel operation, AwsInput input, WireRequest request)
    {
        try
        {
            RestRequests.Write(operation, input, request, newToken);
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Input(operation, exception);
        }
    }

    public override void ReadResponse(OperationModel operation, WireResponse response, Transcription into)
    {
        into.BeginPage();
        try
        {
            RestResponses.Read(operation, response, into);
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Wire("answer", operation, exception);
        }
    }

    public override WireError ReadError(OperationModel operation, WireResponse response) => JsonErrors.Read(response);

    public override OperationModel? Match(ServiceModel service, WireRequest request) =>
        _routes.GetValue(service, static model => new RouteTable(model)).Match(request);

    public override AwsInput ReadRequest(OperationModel operation, WireRequest request)
    {
        try
        {
            return RestRequests.Read(operation, request);
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Wire("request", operation, exception);
        }
    }

    public override WireResponse WriteResponse(OperationModel operation, AwsOutput output, string requestId)
    {
        try
        {
            var response = RestResponses.Write(operation, output);
            response.Headers.Set(RequestIds.Header, requestId);
            return response;
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Input(operation, exception);
        }
    }

    public override WireResponse WriteError(ServiceModel service, OperationModel? operation, WireError error, string requestId)
    {
        var declared = ErrorCodes.Declared(operation, error.Code);
        var body = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(body);
        writer.WriteStartObject();
        JsonErrors.Write(writer, error, declared);
        writer.WriteEndObject();
        writer.Flush();
        var response = new WireResponse { Status = declared?.Status ?? error.Status, Body = body.WrittenMemory };
        response.Headers.Set("Content-Type", RestBodies.Json);
        response.Headers.Set(JsonErrors.TypeHeader, declared?.Shape.Name ?? error.Code);
        response.Headers.Set(RequestIds.Header, requestId);
        return response;
    }
}
