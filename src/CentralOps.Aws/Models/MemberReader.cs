using System.Text;
using System.Text.Json;

namespace CentralOps.Aws.Models;

/// <summary>Reads one member: a reference by name with its traits, or a shape written in place.</summary>
internal static class MemberReader
{
    /// <param name="reader">Stands on the member's property name; ends on the last token of its value.</param>
    /// <param name="offset">Where the reader's text starts in the model.</param>
    public static Member Read(ref Utf8JsonReader reader, ModelSource source, int offset, string owner, string name, int index)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        string? shape = null, locationName = null, queryName = null, @default = null;
        XmlNamespace? xmlNamespace = null;
        var location = MemberLocation.Body;
        var format = TimestampFormat.Default;
        bool flattened = false, streaming = false, token = false, hostLabel = false, jsonValue = false, attribute = false, sensitive = false, eventHeader = false, eventPayload = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("shape"u8))
            {
                shape = JsonText.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("locationName"u8))
            {
                locationName = JsonText.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("location"u8))
            {
                location = LocationOf(JsonText.ReadString(ref reader));
            }
            else if (reader.ValueTextEquals("queryName"u8))
            {
                queryName = JsonText.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("default"u8))
            {
                @default = Encoding.UTF8.GetString(source.Text(ModelSource.SkipValue(ref reader, offset)));
            }
            else if (reader.ValueTextEquals("timestampFormat"u8))
            {
                format = ShapeReader.FormatOf(JsonText.ReadString(ref reader));
            }
            else if (reader.ValueTextEquals("xmlNamespace"u8))
            {
                xmlNamespace = JsonText.ReadNamespace(ref reader);
            }
            else if (reader.ValueTextEquals("flattened"u8))
            {
                flattened = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("streaming"u8))
            {
                streaming = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("idempotencyToken"u8))
            {
                token = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("hostLabel"u8))
            {
                hostLabel = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("jsonvalue"u8))
            {
                jsonValue = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("xmlAttribute"u8))
            {
                attribute = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("eventheader"u8))
            {
                eventHeader = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("eventpayload"u8))
            {
                eventPayload = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("sensitive"u8))
            {
                sensitive = JsonText.ReadBoolean(ref reader);
            }
            else
            {
                ModelSource.SkipValue(ref reader, 0);
            }
        }

        var inline = new Slice(offset + start, (int)reader.BytesConsumed - start);
        return new Member(new ShapeReference(source, shape, inline, $"{owner}.{name}"))
        {
            Name = name,
            Index = index,
            Location = location,
            LocationName = locationName,
            QueryName = queryName,
            XmlNamespace = xmlNamespace,
            TimestampFormat = format,
            // A list written in place says it as a shape, where the element's name wins.
            Flattened = flattened && shape is not null,
            Streaming = streaming,
            IdempotencyToken = token,
            HostLabel = hostLabel,
            JsonValue = jsonValue,
            XmlAttribute = attribute,
            EventHeader = eventHeader,
            EventPayload = eventPayload,
            Sensitive = sensitive,
            Default = @default,
        };
    }

    private static MemberLocation LocationOf(string? location) => location switch
    {
        "header" => MemberLocation.Header,
        "headers" => MemberLocation.Headers,
        "querystring" => MemberLocation.QueryString,
        "uri" => MemberLocation.Uri,
        "statusCode" => MemberLocation.StatusCode,
        _ => MemberLocation.Body,
    };
}
