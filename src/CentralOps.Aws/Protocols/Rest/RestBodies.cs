using System.Text;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Rest;

/// <summary>Bodies of the REST protocols: all members that stand nowhere else, or one payload member.</summary>
internal static class RestBodies
{
    public const string Bytes = "application/octet-stream";

    private const string ContentType = "Content-Type";

    public static Member? PayloadOf(Shape shape) => shape.Payload is { } name ? shape.FindMember(name) : null;

    /// <summary>The body is the member's own bytes, and nothing to parse.</summary>
    public static bool IsRaw(Member? payload) => payload?.Shape.Kind is ShapeKind.Blob or ShapeKind.String;

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
    public static (ReadOnlyMemory<byte> Body, string ContentType) WritePayload(
        RestDialect dialect, ref InputReader input, Member payload, Func<string>? newToken) => payload.Shape.Kind switch
        {
            ShapeKind.Blob => (Convert.FromBase64String(input.Blob()), Bytes),
            ShapeKind.String => (Encoding.UTF8.GetBytes(input.String()), "text/plain"),
            _ => (dialect.WritePayload(ref input, payload, newToken), dialect.ContentType),
        };

    /// <summary>A content type from a header member stays.</summary>
    public static void SetContentType(HeaderList headers, string? contentType)
    {
        if (contentType is not null && !headers.TryGet(ContentType, out _))
        {
            headers.Set(ContentType, contentType);
        }
    }

    /// <summary>A body as properties of an object that is open already. A blob payload stays out: it is handed on as bytes.</summary>
    public static void ReadMembers(
        RestDialect dialect, ReadOnlyMemory<byte> body, OperationModel operation, Shape shape, Utf8JsonWriter writer, TokenNode? tokens)
    {
        var payload = PayloadOf(shape);
        if (body.IsEmpty || payload?.Shape.Kind == ShapeKind.Blob)
        {
            return;
        }

        if (payload?.Shape.Kind == ShapeKind.String)
        {
            writer.WriteString(payload.Utf8Name, body.Span);
        }
        else if (payload is not null || HasBodyMembers(shape))
        {
            dialect.ReadMembers(body, operation, shape, payload, writer, tokens);
        }
    }
}
