using System.Text;

namespace CentralOps.Aws.Models;

/// <summary>
/// Finds the parts of a model that our generator wrote, where an operation is a line and a shape is a line: nothing is read before it is asked for,
/// so that a cold start pays for the two or three operations it uses and not for the model.
/// </summary>
internal sealed class LineIndex : IModelIndex
{
    private const int MaxName = 256;

    private readonly ReadOnlyMemory<byte> _json;
    private readonly Slice _operations;
    private readonly Slice _shapes;
    private string[]? _names;

    public LineIndex(ReadOnlyMemory<byte> json)
    {
        _json = json;
        var text = json.Span;
        var start = "{\n\"metadata\":".Length;
        var operations = text.IndexOf(",\n\"operations\":{\n"u8);
        var shapes = text.IndexOf("\n},\n\"shapes\":{\n"u8);
        if (!text.StartsWith("{\n\"metadata\":"u8) || operations < 0 || shapes < operations)
        {
            throw new FormatException("The model is not in the form that tools/CentralOps.Models writes.");
        }

        Metadata = new(start, operations - start);
        // Each part begins with the break before its first line.
        operations += ",\n\"operations\":{".Length;
        _operations = new(operations, shapes + 1 - operations);
        shapes += "\n},\n\"shapes\":{".Length;
        _shapes = new(shapes, text.Length - shapes);
    }

    public Slice Metadata { get; }

    public IReadOnlyCollection<string> OperationNames => _names ??= Names();

    public bool TryFindOperation(string name, out Slice text) => TryFind(_operations, name, out text);

    public bool TryFindShape(string name, out Slice text) => TryFind(_shapes, name, out text);

    public bool MentionsFlattened(string shape) =>
        TryFindShape(shape, out var text) && _json.Span.Slice(text.Start, text.Length).IndexOf("\"flattened\""u8) >= 0;

    private bool TryFind(Slice part, string name, out Slice text)
    {
        text = default;
        // A quote could make a name of more than a name.
        if (name.Length is 0 or > MaxName || !Ascii.IsValid(name) || name.AsSpan().IndexOfAny('"', '\\', '\n') >= 0)
        {
            return false;
        }

        Span<byte> wanted = stackalloc byte[MaxName + 4];
        "\n\""u8.CopyTo(wanted);
        var length = 2 + Encoding.ASCII.GetBytes(name, wanted[2..]);
        "\":"u8.CopyTo(wanted[length..]);
        var lines = _json.Span.Slice(part.Start, part.Length);
        var start = lines.IndexOf(wanted[..(length + 2)]);
        if (start < 0)
        {
            return false;
        }

        start += length + 2;
        var end = lines[start..].IndexOf((byte)'\n');
        text = new(part.Start + start, lines[start + end - 1] == ',' ? end - 1 : end);
        return true;
    }

    private string[] Names()
    {
        var names = new List<string>();
        var lines = _json.Span.Slice(_operations.Start, _operations.Length);
        foreach (var range in lines.Split((byte)'\n'))
        {
            var line = lines[range];
            if (line is [(byte)'"', ..])
            {
                names.Add(Encoding.ASCII.GetString(line[1..(line[1..].IndexOf((byte)'"') + 1)]));
            }
        }

        return [.. names];
    }
}
