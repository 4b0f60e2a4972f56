using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.RestJson;

/// <summary>Requests of restJson1, written and read.</summary>
internal static class RestRequests
{
    public static void Write(OperationModel operation, AwsInput input, WireRequest request, Func<string> newToken)
    {
        var shape = operation.Input ?? Shape.Empty;
        var payload = RestBodies.PayloadOf(shape);
        var parts = new RequestParts(operation, request);
        var body = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(body);
        var given = default(MemberSet);
        string? contentType = null;
        if (input.Blob is { } blob)
        {
            given.Add(BlobOf(operation, payload), shape);
            (request.Body, contentType) = (blob, "application/octet-stream");
        }

        var reader = new InputReader(input.Json.Span, isRequest: true);
        reader.EnterStructure();
        writer.WriteStartObject();
        while (reader.NextMember(shape, ref given) is { } member)
        {
            if (member.Location != MemberLocation.Body)
            {
                parts.Take(ref reader, member);
            }
            else if (ReferenceEquals(member, payload))
            {
                (request.Body, contentType) = RestBodies.WritePayload(ref reader, payload, newToken);
            }
            else
            {
                JsonBodyWriter.WriteProperty(ref reader, member, writer, newToken);
            }
        }

        reader.End();
        JsonBodyWriter.WriteTokens(shape, given, writer, newToken);
        writer.WriteEndObject();
        writer.Flush();
        parts.Finish(given, newToken);
        if (payload is null && RestBodies.HasBodyMembers(shape))
        {
            (request.Body, contentType) = (body.WrittenMemory, RestBodies.Json);
        }
        else if (payload is not null && !given.Has(payload))
        {
            (request.Body, contentType) = RestBodies.WithoutPayload(payload);
        }

        RestBodies.SetContentType(request.Headers, contentType);
        request.Method = operation.Method;
        request.HostPrefix = HostPrefixes.Expand(operation, input.Json.Span);
    }

    public static AwsInput Read(OperationModel operation, WireRequest request)
    {
        var shape = operation.Input ?? Shape.Empty;
        var json = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(json);
        writer.WriteStartObject();
        QueryMembers.Write(operation, request, writer);
        HeaderMembers.Write(shape, request.Headers, writer, null);
        RestBodies.WriteMembers(request.Body.Span, shape, writer, null);
        writer.WriteEndObject();
        writer.Flush();
        var isBlob = RestBodies.PayloadOf(shape)?.Shape.Kind == ShapeKind.Blob && !request.Body.IsEmpty;
        return new(json.WrittenMemory, isBlob ? request.Body : (ReadOnlyMemory<byte>?)null);
    }

    private static Member BlobOf(OperationModel operation, Member? payload) =>
        payload is { Shape.Kind: ShapeKind.Blob }
            ? payload
            : throw new InputException($"{operation} takes no raw body. Give its input as JSON.");
}
