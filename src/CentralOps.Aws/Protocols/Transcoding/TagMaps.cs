using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>A list of keys and values as one JSON object.</summary>
internal static class TagMaps
{
    public static void Write<TReader>(ref TReader reader, Shape list, TagShape tags, Utf8JsonWriter writer)
        where TReader : IWireReader, allows ref struct
    {
        writer.WriteStartObject();
        var scope = reader.Enter(list);
        while (reader.NextElement(scope))
        {
            if (reader.TakeNull(list.Element!))
            {
                continue;
            }

            string? key = null, value = null;
            var tag = reader.Enter(list.Element!.Shape);
            while (reader.NextMember(tag, list.Element.Shape) is { } member)
            {
                if (ReferenceEquals(member, tags.Key))
                {
                    key = reader.ReadText(member);
                }
                else if (ReferenceEquals(member, tags.Value))
                {
                    value = reader.ReadText(member);
                }
                else
                {
                    reader.Skip();
                }
            }

            if (key is not null)
            {
                writer.WriteString(key, value ?? "");
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>From a list that is our JSON already.</summary>
    public static void Write(ReadOnlySpan<byte> list, TagShape tags, Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(list);
        writer.WriteStartObject();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            string? key = null, value = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKey = reader.ValueTextEquals(tags.Key!.Utf8Name);
                var isValue = reader.ValueTextEquals(tags.Value!.Utf8Name);
                var text = JsonText.ReadString(ref reader);
                key = isKey ? text : key;
                value = isValue ? text : value;
            }

            if (key is not null)
            {
                writer.WriteString(key, value ?? "");
            }
        }

        writer.WriteEndObject();
    }
}
