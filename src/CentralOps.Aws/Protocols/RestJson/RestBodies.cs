using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.RestJson;

/// <summary>Bodies of restJson1: all members that stand nowhere else, or one payload member.</summary>
internal static class RestBodies
{
    public const string Json = "application/json";

    private const string ContentType = "Content-Type";

    public static Member? PayloadOf(Shape shape) => shape.Payload is { } name ? shape.FindMember(name) : null;

    public static bool HasBodyMembers(Shape shape)
    {
        foreach (var member in shape.MemberArray)
        {
            if (member.Location == MemberLocation.Body)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The payload member that the input stands on, as a body with its content type.</summary>
    public static (ReadOnlyMemory<byte> Body, string ContentType) WritePayload(ref InputReader input, Member payload, Func<string>? newToken)
    {
        switch (payload.Shape.Kind)
        {
            case ShapeKind.Blob:
                return (Convert.FromBase64String(input.Blob()), "application/octet-stream");
            case ShapeKind.String:
                return (Encoding.UTF8.GetBytes(input.String()), "text/plain");
            default:
                var body = new ArrayBufferWriter<byte>();
                using (var writer = JsonOutput.Writer(body))
                {
                    JsonBodyWriter.WriteValue(ref input, payload, writer, newToken);
                }

                return (body.WrittenMemory, Json);
        }
    }

    /// <summary>What stands in the body when the payload was left out: an empty object for a structure of which nothing has to be set.</summary>
    public static (ReadOnlyMemory<byte> Body, string? ContentType) WithoutPayload(Member payload) =>
        payload.Shape is { Kind: ShapeKind.Structure, Union: false } ? ("{}"u8.ToArray(), Json) : (default, null);

    /// <summary>A content type from a header member stays.</summary>
    public static void SetContentType(HeaderList headers, string? contentType)
    {
        if (contentType is not null && !headers.TryGet(ContentType, out _))
        {
            headers.Set(ContentType, contentType);
        }
    }

    /// <summary>A body as properties of an object that is open already. A blob payload stays out: it is handed on as bytes.</summary>
    public static void WriteMembers(ReadOnlySpan<byte> body, Shape shape, Utf8JsonWriter writer, TokenCapture? token)
    {
        if (body.IsEmpty)
        {
            return;
        }

        var payload = PayloadOf(shape);
        switch (payload?.Shape.Kind)
        {
            case ShapeKind.Blob:
                return;
            case ShapeKind.String:
                writer.WriteString(payload.Utf8Name, body);
                return;
            case null when !HasBodyMembers(shape):
                return;
        }

        var reader = new JsonWireReader(body);
        if (payload is null)
        {
            Transcriber.WriteMembers(ref reader, shape, writer, token, 0);
        }
        else
        {
            Transcriber.WriteProperty(ref reader, payload, writer);
        }

        reader.End();
    }
}
