using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Tests.Shaping;

/// <summary>What the shaping tests share.</summary>
internal static class Shaped
{
    public static JsonElement Json(string json) => JsonElement.Parse(json);

    /// <summary>The member that a format makes of a value.</summary>
    public static string As(RowFormat format, string value, IReadOnlyList<string>? columns = null, int maxBytes = int.MaxValue)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            json.WriteStartObject();
            RowText.WriteMember(format, Json(value), columns, maxBytes, json).ShouldBeNull();
            json.WriteEndObject();
        }

        return JsonElement.Parse(output.WrittenSpan).EnumerateObject().Single().Value.GetString()!;
    }

    /// <summary>What a reader of arguments makes of something, and what it noted.</summary>
    public static (T Value, string? Problem) Reading<T>(Func<ArgumentReader, T> read)
    {
        RegionName.TryParse("us-east-1", out var home).ShouldBeTrue();
        using var reader = ArgumentReader.Open("{}"u8.ToArray(), new AnswerPlace(home));
        var value = read(reader);
        return (value, reader.Finish() is { } refusal ? RefusalWords.Of(refusal) is var words ? $"{words.Message} {words.Remedy}" : null : null);
    }

    public static string Written(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
