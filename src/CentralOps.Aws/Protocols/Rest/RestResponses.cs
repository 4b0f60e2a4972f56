using System.Globalization;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Rest;

/// <summary>Answers, read and written.</summary>
internal static class RestResponses
{
    public static void Read(RestDialect dialect, OperationModel operation, WireResponse response, Transcription into)
    {
        var shape = operation.Output ?? Shape.Empty;
        var tokens = PageTokens.For(operation);
        if (RestBodies.PayloadOf(shape)?.Shape.Kind == ShapeKind.Blob)
        {
            into.Blob = response.Body;
        }

        if (into.Projection is null)
        {
            ReadAll(dialect, operation, response, into, tokens?.Root);
        }
        else
        {
            HeaderMembers.FindTokens(shape, response.Headers, tokens?.Root);
            ReadItems(dialect, operation, response, into, tokens?.Root, shape);
        }

        tokens?.GiveTo(into);
    }

    public static WireResponse Write(RestDialect dialect, OperationModel operation, AwsOutput output)
    {
        var shape = operation.Output ?? Shape.Empty;
        var payload = RestBodies.PayloadOf(shape);
        var response = new WireResponse { Status = operation.ResponseCode };
        var given = default(MemberSet);
        string? contentType = null;
        if (output.Blob is { } blob && payload is not null)
        {
            given.Add(payload, shape);
            (response.Body, contentType) = (blob, RestBodies.Bytes);
        }

        var reader = new InputReader(output.Json.Span, isRequest: false);
        using var body = payload is null ? dialect.BeginAnswer(reader, operation) : null;
        reader.EnterStructure();
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
                    (response.Body, contentType) = RestBodies.WritePayload(dialect, ref reader, payload, null);
                    break;
                case MemberLocation.Body when body is not null:
                    body.Write(ref reader, member);
                    break;
                default:
                    reader.Raw();
                    break;
            }
        }

        reader.End();
        if (body is not null)
        {
            (response.Body, contentType) = body.Finish(given);
        }
        else if (payload is not null && !given.Has(payload))
        {
            (response.Body, contentType) = dialect.WithoutPayload(payload);
        }

        RestBodies.SetContentType(response.Headers, contentType);
        return response;
    }

    private static void ReadAll(RestDialect dialect, OperationModel operation, WireResponse response, Transcription into, TokenNode? tokens)
    {
        var shape = operation.Output ?? Shape.Empty;
        using var writer = JsonOutput.Writer(into.Output);
        writer.WriteStartObject();
        foreach (var member in shape.MemberArray)
        {
            if (member.Location == MemberLocation.StatusCode)
            {
                writer.WriteNumber(member.Utf8Name, response.Status);
            }
        }

        HeaderMembers.Write(shape, response.Headers, writer, tokens, isAnswer: true);
        RestBodies.ReadMembers(dialect, response.Body, operation, shape, writer, tokens);
        writer.WriteEndObject();
        writer.Flush();
    }

    private static void ReadItems(
        RestDialect dialect, OperationModel operation, WireResponse response, Transcription into, TokenNode? tokens, Shape shape)
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

        dialect.ReadItems(response, operation, into, payload is null ? tokens : tokens?.Child(payload), payload?.Shape ?? shape, payload is null ? 0 : 1);
    }
}
