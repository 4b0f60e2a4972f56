using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.EventStreams;

/// <summary>The types of a header's value, with their numbers on the wire.</summary>
internal enum EventHeaderKind
{
    True,
    False,
    Byte,
    Int16,
    Int32,
    Int64,
    Bytes,
    String,
    Timestamp,
    Uuid,
}

/// <summary>A header of an event's message.</summary>
/// <param name="Value">Its bytes, in network order.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventHeader(string Name, EventHeaderKind Kind, ReadOnlyMemory<byte> Value)
{
    /// <summary>How many bytes values of a kind have; -1 where two bytes before the value say it.</summary>
    public static int SizeOf(EventHeaderKind kind) => kind switch
    {
        EventHeaderKind.True or EventHeaderKind.False => 0,
        EventHeaderKind.Byte => 1,
        EventHeaderKind.Int16 => 2,
        EventHeaderKind.Int32 => 4,
        EventHeaderKind.Int64 or EventHeaderKind.Timestamp => 8,
        EventHeaderKind.Uuid => 16,
        _ => -1,
    };

    /// <summary>The text of a string; null for every other kind.</summary>
    public string? Text => Kind == EventHeaderKind.String ? Encoding.UTF8.GetString(Value.Span) : null;

    /// <summary>Writes the value as that of a member of our JSON.</summary>
    public void WriteTo(Utf8JsonWriter writer, Member member)
    {
        var kind = member.Shape.Kind;
        switch (Kind)
        {
            case EventHeaderKind.True or EventHeaderKind.False when kind == ShapeKind.Boolean:
                writer.WriteBooleanValue(Kind == EventHeaderKind.True);
                break;
            case EventHeaderKind.Byte or EventHeaderKind.Int16 or EventHeaderKind.Int32 or EventHeaderKind.Int64 when kind is ShapeKind.Integer or ShapeKind.Long:
                writer.WriteNumberValue(Number());
                break;
            case EventHeaderKind.Bytes when kind == ShapeKind.Blob:
                writer.WriteBase64StringValue(Value.Span);
                break;
            case EventHeaderKind.String when kind == ShapeKind.String:
                writer.WriteStringValue(Text);
                break;
            case EventHeaderKind.Uuid when kind == ShapeKind.String:
                writer.WriteStringValue(new Guid(Value.Span, bigEndian: true));
                break;
            case EventHeaderKind.Timestamp when kind == ShapeKind.Timestamp && Timestamps.TryFromEpoch(Number() / 1000m, out var time):
                writer.WriteStringValue(Timestamps.ToText(time, TimestampFormat.Iso8601));
                break;
            default:
                throw new WireFormatException($"The event's header of '{member.Name}' does not hold a {kind}.");
        }
    }

    private long Number() => Kind switch
    {
        EventHeaderKind.Byte => (sbyte)Value.Span[0],
        EventHeaderKind.Int16 => BinaryPrimitives.ReadInt16BigEndian(Value.Span),
        EventHeaderKind.Int32 => BinaryPrimitives.ReadInt32BigEndian(Value.Span),
        _ => BinaryPrimitives.ReadInt64BigEndian(Value.Span),
    };
}
