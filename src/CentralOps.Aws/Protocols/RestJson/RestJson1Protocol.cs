using System.Buffers;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Rest;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.RestJson;

/// <summary>https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html</summary>
internal sealed class RestJson1Protocol(Func<string> newToken) : RestProtocol(new JsonRestDialect(), newToken)
{
    public override ProtocolKind Kind => ProtocolKind.RestJson1;

    public override WireError ReadError(OperationModel operation, WireResponse response) => JsonErrors.Read(response);

    protected override WireResponse WriteError(ServiceModel service, ErrorModel? declared, WireError error, string requestId)
    {
        var body = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(body);
        writer.WriteStartObject();
        JsonErrors.Write(writer, error, declared);
        writer.WriteEndObject();
        writer.Flush();
        var response = new WireResponse { Body = body.WrittenMemory };
        response.Headers.Set(JsonErrors.TypeHeader, declared?.Shape.Name ?? error.Code);
        return response;
    }
}
