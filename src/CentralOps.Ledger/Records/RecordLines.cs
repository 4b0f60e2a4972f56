using System.Buffers;
using System.Text.Json;

namespace CentralOps.Ledger.Records;

/// <summary>
/// Writes records as lines of JSON, each naming the hash of the one before. A line is ASCII (the encoder escapes the rest), so that what a caller
/// chose as a name cannot act on the terminal that shows the file.
/// </summary>
internal sealed class RecordLines(ChainPosition position)
{
    private const int MaxText = 1024;

    private readonly ArrayBufferWriter<byte> _lines = new(4096);

    public ChainPosition Position { get; private set; } = position;

    public ReadOnlyMemory<byte> Written => _lines.WrittenMemory;

    /// <param name="type">What the record tells of, such as <c>begin</c>.</param>
    /// <param name="write">Writes the members behind number, link, time and type.</param>
    public void Add<T>(string type, DateTimeOffset time, T about, Action<Utf8JsonWriter, T> write)
    {
        var from = _lines.WrittenCount;
        using (var json = new Utf8JsonWriter(_lines))
        {
            json.WriteStartObject();
            json.WriteNumber("seq"u8, Position.Next);
            json.WriteString("prev"u8, Position.Previous);
            json.WriteString("time"u8, RecordTime.Of(time));
            json.WriteString("type"u8, type);
            write(json, about);
            json.WriteEndObject();
        }

        Position = Position.After(_lines.WrittenSpan[from..]);
        _lines.Write("\n"u8);
    }

    /// <summary>Text that somebody else chose: bounded, and absent where there is none.</summary>
    public static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, RecordText.Of(text, MaxText));
        }
    }
}
