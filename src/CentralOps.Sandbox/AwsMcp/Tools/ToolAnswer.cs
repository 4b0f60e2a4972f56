using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CentralOps.Sandbox.AwsMcp.Tools;

/// <summary>What a tool answers: a text, and the same as an object where it is one.</summary>
internal sealed record ToolAnswer(string Text, bool IsError = false)
{
    private ReadOnlyMemory<byte> Structured { get; init; }

    public static ToolAnswer Refused(string problem) => new(problem, IsError: true);

    /// <param name="write">Writes the members of the object.</param>
    public static ToolAnswer Of(Action<Utf8JsonWriter> write, bool isError = false)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return new ToolAnswer(Encoding.UTF8.GetString(bytes.WrittenSpan), isError) { Structured = bytes.WrittenMemory };
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", Text);
        json.WriteEndObject();
        json.WriteEndArray();
        if (!Structured.IsEmpty)
        {
            json.WritePropertyName("structuredContent");
            json.WriteRawValue(Structured.Span);
        }

        json.WriteBoolean("isError", IsError);
    }
}
