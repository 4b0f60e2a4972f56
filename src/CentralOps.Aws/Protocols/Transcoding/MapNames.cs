using System.Text.Json;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>The names of a map's entries as a JSON array. The values are passed over undecoded.</summary>
internal static class MapNames
{
    public static void Write<TReader>(ref TReader reader, Shape map, Utf8JsonWriter writer)
        where TReader : IWireReader, allows ref struct
    {
        writer.WriteStartArray();
        var scope = reader.Enter(map);
        while (reader.NextEntry(scope))
        {
            var entry = reader.EnterEntry(map, out var name, out var hasValue);
            writer.WriteStringValue(name);
            if (hasValue)
            {
                reader.Skip();
                reader.LeaveEntry(entry);
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>From a map that is our JSON already.</summary>
    public static void Write(ReadOnlySpan<byte> map, Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(map);
        writer.WriteStartArray();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            writer.WriteStringValue(reader.GetString());
            reader.Skip();
        }

        writer.WriteEndArray();
    }
}
