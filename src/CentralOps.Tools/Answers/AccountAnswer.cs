using System.Buffers;
using System.Text.Json;

namespace CentralOps.Tools.Answers;

/// <summary>The envelope around the items of one account.</summary>
internal static class AccountAnswer
{
    /// <param name="noun">What the items are, in the singular: <c>instance</c> gives <c>instance_count</c> and <c>instances</c>.</param>
    public static void Write(AnswerPlace place, string noun, PagedItems items, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        json.WriteStartObject();
        json.WriteString("account_id"u8, place.Account);
        json.WriteString("region"u8, place.Region?.ToString());
        json.WriteNumber($"{noun}_count", items.Count);
        json.WriteStartArray($"{noun}s");
        json.Flush();
        items.WriteTo(output);
        json.WriteEndArray();
        WriteEnd(json, items.Next);
        json.WriteEndObject();
    }

    public static void WriteEnd(Utf8JsonWriter json, NextToken? next)
    {
        json.WriteBoolean("truncated"u8, next is not null);
        json.WriteString("next_token"u8, next?.Write());
    }
}
