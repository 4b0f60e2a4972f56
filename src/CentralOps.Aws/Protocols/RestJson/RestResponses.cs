using System.Buffers;
using System.Globalization;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.RestJson;

/// <summary>Answers of restJson1, read and written.</summary>
internal static class RestResponses
{
    public static void Read(OperationModel operation, WireResponse response, Transcription into)
    {
        var shape = operation.Output ?? Shape.Empty;
        var token = TokenCapture.For(operation);
        if (RestBodies.PayloadOf(shape)?.Shape.Kind == ShapeKind.Blob)
        {
            into.Blob = response.Body;
        }

        if (into.Projection is null)
        {
            ReadAll(shape, response, into, token);
        }
        else
        {
            HeaderMembers.FindToken(shape, response.Headers, token);
            ReadItems(operation, response, into, token, shape);
        }

        into.NextToken = token?.Text;
    }

    public static WireResponse Write(OperationModel operation, AwsOutput output)
    {
        var shape = operation.Output ?? Shape.Empty;
        var payload = RestBodies.PayloadOf(shape);
        var response = new WireResponse { Status = operation.ResponseCode };
        var body = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(body);
        var given = default(MemberSet);
        string? contentType = null;
        if (output.Blob is { } blob && payload is not null)
        {
            given.Add(payload, shape);
            (response.Body, contentType) = (blob, "application/octet-stream");
        }

        var reader = new InputReader(output.Json.Span, isRequest: false);
        reader.EnterStructure();
        writer.WriteStartObject();
        while (reader.NextMember(shape, ref given) is { } member)
        {
            switch (member.Location)
            {
                case MemberLocation.StatusCode:
                    response.Status = int.Parse(reader.Number(ShapeKind.Integer), CultureInfo.InvariantCulture);
                    break;
                case MemberLocation.Headers:
                    HeaderMembers.TakeMap(ref reader, member, response.Headers);
                    break;
                case MemberLocation.Header:
                    HeaderMembers.Take(ref reader, member, response.Headers);
                    break;
                case MemberLocation.Body when ReferenceEquals(member, payload):
                    (response.Body, contentType) = RestBodies.WritePayload(ref reader, payload, null);
                    break;
                default:
                    JsonBodyWriter.WriteProperty(ref reader, member, writer, null);
                    break;
            }
        }

        reader.End();
        writer.WriteEndObject();
        writer.Flush();
        if (payload is null)
        {
            (response.Body, contentType) = (body.WrittenMemory, RestBodies.Json);
        }
        else if (!given.Has(payload))
        {
            (response.Body, contentType) = RestBodies.WithoutPayload(payload);
        }

        RestBodies.SetContentType(response.Headers, contentType);
        return response;
    }

    private static void ReadAll(Shape shape, WireResponse response, Transcription into, TokenCapture? token)
    {
        using var writer = JsonOutput.Writer(into.Output);
        writer.WriteStartObject();
        foreach (var member in shape.MemberArray)
        {
            if (member.Location == MemberLocation.StatusCode)
            {
                writer.WriteNumber(member.Utf8Name, response.Status);
            }
        }

        HeaderMembers.Write(shape, response.Headers, writer, token);
        RestBodies.WriteMembers(response.Body.Span, shape, writer, token);
        writer.WriteEndObject();
        writer.Flush();
    }

    private static void ReadItems(OperationModel operation, WireResponse response, Transcription into, TokenCapture? token, Shape shape)
    {
        if (response.Body.IsEmpty)
        {
            return;
        }

        var payload = RestBodies.PayloadOf(shape);
        var selection = into.Projection!.For(operation);
        if (payload is not null && !ReferenceEquals(selection.Path[0], payload))
        {
            return;
        }

        var reader = new JsonWireReader(response.Body.Span);
        PageReader.ReadItems(ref reader, operation, into, token, payload?.Shape ?? shape, payload is null ? 0 : 1);
        reader.End();
    }
}
