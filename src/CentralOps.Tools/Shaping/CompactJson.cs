using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Shaping;

/// <summary>A value as JSON without whitespace.</summary>
internal static class CompactJson
{
    public static string Of(JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            return value.GetRawText();
        }

        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            value.WriteTo(json);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
