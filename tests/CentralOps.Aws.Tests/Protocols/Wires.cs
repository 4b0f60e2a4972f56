using System.Buffers;
using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols;

/// <summary>Short ways to write and read for tests.</summary>
internal static class Wires
{
    public static WireRequest Write(this OperationModel operation, string json)
    {
        var request = new WireRequest();
        WireProtocols.For(operation.Service.Protocol).WriteRequest(operation, Input(json), request);
        return request;
    }

    public static string Read(this OperationModel operation, string body) => operation.Read(body, out _);

    public static string Read(this OperationModel operation, string body, out Transcription into, Projection? projection = null)
    {
        var output = new ArrayBufferWriter<byte>();
        into = new Transcription(output, projection);
        operation.Read(body, into);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static void Read(this OperationModel operation, string body, Transcription into) =>
        WireProtocols.For(operation.Service.Protocol).ReadResponse(operation, Response(body), into);

    public static WireError ReadError(this OperationModel operation, int status, string body, params (string Name, string Value)[] headers)
    {
        var response = Response(body);
        response.Status = status;
        foreach (var (name, value) in headers)
        {
            response.Headers.Add(name, value);
        }

        return WireProtocols.For(operation.Service.Protocol).ReadError(operation, response);
    }

    public static AwsInput Input(string json) => new(Encoding.UTF8.GetBytes(json));

    public static string Text(this ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    public static OperationModel Model(string metadata, string operation, string shapes) =>
        ServiceModel.Read(Encoding.UTF8.GetBytes($$"""{"metadata":{{metadata}},"operations":{"Do":{{operation}}},"shapes":{{shapes}}}""")).Operation("Do");

    private static WireResponse Response(string body) => new() { Body = Encoding.UTF8.GetBytes(body) };
}
