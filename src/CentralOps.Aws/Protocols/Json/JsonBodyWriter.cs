using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Protocols.Transcoding;

namespace CentralOps.Aws.Protocols.Json;

/// <summary>Writes our JSON as a JSON body: wire names, times in the protocol's form, nulls left out.</summary>
internal static class JsonBodyWriter
{
    /// <summary>The structure that the input stands on. <paramref name="newToken"/> is null where no token is made up, as in answers.</summary>
    public static void WriteStructure(ref InputReader input, Shape shape, Utf8JsonWriter writer, Func<string>? newToken)
    {
        var given = default(MemberSet);
        writer.WriteStartObject();
        input.EnterStructure();
        while (input.NextMember(shape, ref given) is { } member)
        {
            WriteProperty(ref input, member, writer, newToken);
        }

        WriteTokens(shape, given, writer, newToken);
        writer.WriteEndObject();
    }

    public static void WriteProperty(ref InputReader input, Member member, Utf8JsonWriter writer, Func<string>? newToken)
    {
        writer.WritePropertyName(member.WireName);
        WriteValue(ref input, member, writer, newToken);
    }

    public static void WriteValue(ref InputReader input, Member member, Utf8JsonWriter writer, Func<string>? newToken)
    {
        switch (member.Shape.Kind)
        {
            case ShapeKind.Structure:
                WriteStructure(ref input, member.Shape, writer, newToken);
                break;
            case ShapeKind.List:
                WriteList(ref input, member.Shape, writer, newToken);
                break;
            case ShapeKind.Map:
                WriteMap(ref input, member.Shape, writer, newToken);
                break;
            case ShapeKind.Document:
                writer.WriteRawValue(input.Raw(), skipInputValidation: true);
                break;
            case ShapeKind.Boolean:
                writer.WriteBooleanValue(input.Boolean());
                break;
            case ShapeKind.Timestamp:
                WriteTime(input.Time(), Timestamps.FormatOf(member, TimestampFormat.UnixSeconds), writer);
                break;
            case ShapeKind.String:
                writer.WriteStringValue(input.String());
                break;
            case ShapeKind.Blob:
                writer.WriteStringValue(input.Blob());
                break;
            default:
                WriteNumber(input.Number(member.Shape.Kind), writer);
                break;
        }
    }

    /// <summary>Idempotency tokens that the input left out.</summary>
    public static void WriteTokens(Shape shape, MemberSet given, Utf8JsonWriter writer, Func<string>? newToken)
    {
        foreach (var member in shape.MemberArray)
        {
            if (newToken is not null && member is { IdempotencyToken: true, Location: MemberLocation.Body } && !given.Has(member))
            {
                writer.WriteString(member.WireName, newToken());
            }
        }
    }

    private static void WriteList(ref InputReader input, Shape list, Utf8JsonWriter writer, Func<string>? newToken)
    {
        writer.WriteStartArray();
        input.EnterList();
        while (input.NextElement())
        {
            WriteOrNull(ref input, list.Element!, writer, newToken);
        }

        writer.WriteEndArray();
    }

    private static void WriteMap(ref InputReader input, Shape map, Utf8JsonWriter writer, Func<string>? newToken)
    {
        writer.WriteStartObject();
        input.EnterMap();
        while (input.NextEntry(out var key))
        {
            writer.WritePropertyName(key);
            WriteOrNull(ref input, map.Value!, writer, newToken);
        }

        writer.WriteEndObject();
    }

    private static void WriteOrNull(ref InputReader input, Member member, Utf8JsonWriter writer, Func<string>? newToken)
    {
        if (input.IsNull && member.Shape.Kind != ShapeKind.Document)
        {
            writer.WriteNullValue();
            return;
        }

        WriteValue(ref input, member, writer, newToken);
    }

    private static void WriteTime(DateTimeOffset time, TimestampFormat format, Utf8JsonWriter writer)
    {
        if (format == TimestampFormat.UnixSeconds)
        {
            writer.WriteRawValue(Timestamps.ToText(time, format), skipInputValidation: true);
            return;
        }

        writer.WriteStringValue(Timestamps.ToText(time, format));
    }

    private static void WriteNumber(string number, Utf8JsonWriter writer)
    {
        if (ScalarText.IsNumberName(number))
        {
            writer.WriteStringValue(number);
            return;
        }

        writer.WriteRawValue(number, skipInputValidation: true);
    }
}
