using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CentralOps.Text.Shaping;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Shaping;

/// <summary>
/// A field of a row, with names behind dots for what lies deeper: <c>Tags.env</c>, <c>Code.Repository</c>. A name may hold dots itself, as keys of tags do: the
/// longest name that is there is taken. Through a list it means that of each of its elements.
/// </summary>
internal sealed class FieldPath
{
    public const int MaxLength = 256;
    public const int MaxSegments = 16;

    // Where segments begin, and one behind the end.
    private readonly int[] _starts;

    private FieldPath(string text, int[] starts) => (Text, _starts) = (text, starts);

    public string Text { get; }

    /// <summary>The name of the row's own member.</summary>
    public string Root => Text[..(_starts[1] - 1)];

    public bool IsDeep => _starts.Length > 2;

    /// <param name="problem">What is wrong, as the end of a sentence that begins with the argument's name.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out FieldPath? path, out string problem)
    {
        path = null;
        int[] starts = [0, .. text.Select(static (character, at) => (character, at)).Where(static one => one.character == '.').Select(static one => one.at + 1), text.Length + 1];
        problem = text switch
        {
            "" => "is empty",
            { Length: > MaxLength } => $"has more than {MaxLength} characters",
            _ when starts.Length - 1 > MaxSegments => $"has more than {MaxSegments} names",
            _ when text.EnumerateRunes().Any(static rune => ActingCharacter.Is(rune.Value)) => "holds a character that cannot be shown",
            _ when text[0] == '.' || text[^1] == '.' => "begins or ends with a dot",
            _ => "",
        };
        if (problem.Length > 0)
        {
            return false;
        }

        path = new FieldPath(text, starts);
        return true;
    }

    /// <summary>The same below another member of the row.</summary>
    public FieldPath Under(string root) => TryParse(root + Text[(_starts[1] - 1)..], out var path, out _) ? path : this;

    /// <summary>The value; undefined where there is none.</summary>
    public JsonElement Of(JsonElement row)
    {
        var (at, segment) = (row, 0);
        while (segment < _starts.Length - 1)
        {
            if (at.ValueKind == JsonValueKind.Array)
            {
                return OfEach(at, segment);
            }

            if (!TryStep(ref at, ref segment))
            {
                return default;
            }
        }

        return at;
    }

    public override string ToString() => Text;

    private bool TryStep(ref JsonElement at, ref int segment)
    {
        if (at.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        for (var end = _starts.Length - 1; end > segment; end--)
        {
            if (at.TryGetProperty(Text.AsSpan(_starts[segment], _starts[end] - 1 - _starts[segment]), out var member))
            {
                (at, segment) = (member, end);
                return true;
            }
        }

        return false;
    }

    private JsonElement OfEach(JsonElement list, int segment)
    {
        if (!TryParse(Text[_starts[segment]..], out var rest, out _))
        {
            return default;
        }

        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            json.WriteStartArray();
            foreach (var value in list.EnumerateArray().Select(rest.Of).Where(static value => value.ValueKind != JsonValueKind.Undefined))
            {
                value.WriteTo(json);
            }

            json.WriteEndArray();
        }

        return JsonElement.Parse(output.WrittenSpan);
    }
}
