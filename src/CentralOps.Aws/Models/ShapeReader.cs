using System.Text.Json;

namespace CentralOps.Aws.Models;

/// <summary>Reads one shape. A type that is left out is a string's, as npm <c>aws-sdk</c>'s minified models have it.</summary>
internal static class ShapeReader
{
    public static Shape Read(ModelSource source, string name, Slice text)
    {
        var kind = KindOf(source.Text(text));
        var shape = new Shape { Name = name, Kind = kind };
        var reader = new Utf8JsonReader(source.Text(text));
        string? code = null;
        int? status = null;
        bool? sender = null;
        var (isError, fault) = (false, false);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("members"u8))
            {
                shape.MemberArray = ReadMembers(ref reader, source, name, text.Start);
                shape.HasXmlAttributes = Array.Exists(shape.MemberArray, static member => member.XmlAttribute);
            }
            else if (reader.ValueTextEquals("member"u8))
            {
                shape.Element = MemberReader.Read(ref reader, source, text.Start, name, "member", 0);
            }
            else if (reader.ValueTextEquals("key"u8))
            {
                shape.Key = MemberReader.Read(ref reader, source, text.Start, name, "key", 0);
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                shape.Value = MemberReader.Read(ref reader, source, text.Start, name, "value", 1);
            }
            else if (reader.ValueTextEquals("required"u8))
            {
                shape.RequiredArray = JsonText.ReadStrings(ref reader);
            }
            else if (reader.ValueTextEquals("enum"u8))
            {
                shape.Enum = JsonText.ReadStrings(ref reader);
            }
            else if (reader.ValueTextEquals("payload"u8))
            {
                shape.Payload = JsonText.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("timestampFormat"u8))
            {
                shape.TimestampFormat = FormatOf(JsonText.ReadString(ref reader));
            }
            else if (reader.ValueTextEquals("flattened"u8))
            {
                shape.Flattened = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("sensitive"u8))
            {
                shape.Sensitive = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("streaming"u8))
            {
                shape.Streaming = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("eventstream"u8))
            {
                shape.EventStream = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("requiresLength"u8))
            {
                shape.RequiresLength = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("union"u8))
            {
                shape.Union = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("sparse"u8))
            {
                shape.Sparse = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("locationName"u8))
            {
                shape.LocationName = JsonText.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("xmlNamespace"u8))
            {
                shape.XmlNamespace = JsonText.ReadNamespace(ref reader);
            }
            else if (reader.ValueTextEquals("exception"u8))
            {
                isError = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("fault"u8))
            {
                fault = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                isError = true;
                ReadError(ref reader, ref code, ref status, ref sender);
            }
            else
            {
                ModelSource.SkipValue(ref reader, 0);
            }
        }

        shape.Error = isError || fault ? new(code, status, sender, fault) : null;
        return shape;
    }

    public static TimestampFormat FormatOf(string? format) => format switch
    {
        "iso8601" => TimestampFormat.Iso8601,
        "unixTimestamp" or "unixTimestampInSeconds" => TimestampFormat.UnixSeconds,
        "rfc822" => TimestampFormat.HttpDate,
        _ => TimestampFormat.Default,
    };

    private static Member[] ReadMembers(ref Utf8JsonReader reader, ModelSource source, string owner, int offset)
    {
        var members = new List<Member>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            members.Add(MemberReader.Read(ref reader, source, offset, owner, reader.GetString()!, members.Count));
        }

        return [.. members];
    }

    private static void ReadError(ref Utf8JsonReader reader, ref string? code, ref int? status, ref bool? sender)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("code"u8))
            {
                code = JsonText.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("httpStatusCode"u8))
            {
                status = JsonText.ReadInt32(ref reader);
            }
            else if (reader.ValueTextEquals("senderFault"u8))
            {
                sender = JsonText.ReadBoolean(ref reader);
            }
            else
            {
                ModelSource.SkipValue(ref reader, 0);
            }
        }
    }

    // The kind decides what the object is, and may stand after the members: one look ahead.
    private static ShapeKind KindOf(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        string? type = null;
        var implied = ShapeKind.String;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                type = JsonText.ReadString(ref reader);
                continue;
            }

            if (reader.ValueTextEquals("document"u8) && JsonText.ReadBoolean(ref reader))
            {
                return ShapeKind.Document;
            }

            implied = reader.TokenType != JsonTokenType.PropertyName ? implied
                : reader.ValueTextEquals("members"u8) ? ShapeKind.Structure
                : reader.ValueTextEquals("member"u8) ? ShapeKind.List
                : reader.ValueTextEquals("key"u8) ? ShapeKind.Map
                : implied;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                ModelSource.SkipValue(ref reader, 0);
            }
        }

        return type switch
        {
            null => implied,
            "structure" => ShapeKind.Structure,
            "list" => ShapeKind.List,
            "map" => ShapeKind.Map,
            "blob" => ShapeKind.Blob,
            "boolean" => ShapeKind.Boolean,
            "integer" or "byte" or "short" => ShapeKind.Integer,
            "long" => ShapeKind.Long,
            "float" => ShapeKind.Float,
            "double" => ShapeKind.Double,
            "bigInteger" => ShapeKind.BigInteger,
            "bigDecimal" => ShapeKind.BigDecimal,
            "timestamp" => ShapeKind.Timestamp,
            "string" or "character" => ShapeKind.String,
            _ => throw new FormatException($"The model has a shape of the unknown type '{type}'."),
        };
    }
}
