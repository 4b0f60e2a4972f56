using System.Buffers;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Rest;

/// <summary>Requests, written and read.</summary>
internal static class RestRequests
{
    public static void Write(RestDialect dialect, OperationModel operation, AwsInput input, WireRequest request, Func<string> newToken)
    {
        var shape = operation.Input ?? Shape.Empty;
        var payload = RestBodies.PayloadOf(shape);
        var parts = new RequestParts(operation, request);
        var given = default(MemberSet);
        string? contentType = null;
        if (input.Blob is { } blob)
        {
            given.Add(BlobOf(operation, payload), shape);
            (request.Body, contentType) = (blob, RestBodies.Bytes);
        }

        var reader = new InputReader(input.Json.Span, isRequest: true);
        using var body = payload is null ? dialect.Begin(reader, operation, newToken) : null;
        reader.EnterStructure();
        while (reader.NextMember(shape, ref given) is { } member)
        {
            if (member.Location != MemberLocation.Body)
            {
                parts.Take(ref reader, member);
            }
            else if (ReferenceEquals(member, payload))
            {
                (request.Body, contentType) = RestBodies.WritePayload(dialect, ref reader, payload, newToken);
            }
            else if (body is null)
            {
                reader.Raw();
            }
            else
            {
                body.Write(ref reader, member);
            }
        }

        reader.End();
        parts.Finish(given, newToken);
        if (body is not null)
        {
            (request.Body, contentType) = body.Finish(given);
        }
        else if (payload is not null && !given.Has(payload))
        {
            (request.Body, contentType) = dialect.WithoutPayload(payload);
        }

        RestBodies.SetContentType(request.Headers, contentType);
        request.Method = operation.Method;
        request.HostPrefix = HostPrefixes.Expand(operation, input.Json.Span);
    }

    public static AwsInput Read(RestDialect dialect, OperationModel operation, WireRequest request, string path)
    {
        var body = operation.Gzips ? RequestCompression.BodyOf(request) : request.Body;
        var shape = operation.Input ?? Shape.Empty;
        var json = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(json);
        writer.WriteStartObject();
        QueryMembers.Write(operation, path, request.Query, writer);
        HeaderMembers.Write(shape, request.Headers, writer, null, isAnswer: false);
        RestBodies.ReadMembers(dialect, body, operation, shape, writer, null);
        writer.WriteEndObject();
        writer.Flush();
        var isBlob = RestBodies.PayloadOf(shape)?.Shape.Kind == ShapeKind.Blob && !body.IsEmpty;
        return new(json.WrittenMemory, isBlob ? body : (ReadOnlyMemory<byte>?)null);
    }

    private static Member BlobOf(OperationModel operation, Member? payload) =>
        payload is { Shape.Kind: ShapeKind.Blob }
            ? payload
            : throw new InputException($"{operation} takes no raw body. Give its input as JSON.");
}
