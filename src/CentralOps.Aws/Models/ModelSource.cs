using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CentralOps.Aws.Models;

/// <summary>A stretch of a model's bytes.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Slice(int Start, int Length);

/// <summary>
/// The bytes of one API description, and where each operation and shape stands in them. Opening walks the tokens once; an
/// operation or shape becomes an object when it is first asked for. Safe for concurrent use.
/// </summary>
internal sealed class ModelSource
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly IModelIndex _index;
    private readonly ConcurrentDictionary<string, OperationModel> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Shape> _shapes = new(StringComparer.Ordinal);

    private ModelSource(ReadOnlyMemory<byte> json, IModelIndex index) => (_json, _index) = (json, index);

    public IReadOnlyCollection<string> OperationNames => _index.OperationNames;

    public Slice Metadata => _index.Metadata;

    public static ModelSource Open(ReadOnlyMemory<byte> json)
    {
        try
        {
            return new(json, new TokenIndex(json.Span));
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The model is not valid JSON at byte {exception.BytePositionInLine} of line {exception.LineNumber + 1}.", exception);
        }
    }

    /// <summary>Opens a model that our generator wrote, a line an operation and a line a shape, without reading it.</summary>
    public static ModelSource OpenLines(ReadOnlyMemory<byte> json) => new(json, new LineIndex(json));

    public ReadOnlySpan<byte> Text(Slice slice) => _json.Span.Slice(slice.Start, slice.Length);

    public bool TryGetOperation(ServiceModel service, string name, out OperationModel? operation)
    {
        operation = null;
        if (!_index.TryFindOperation(name, out var text))
        {
            return false;
        }

        if (!_operations.TryGetValue(name, out operation))
        {
            operation = _operations.GetOrAdd(name, OperationReader.Read(this, service, name, text));
        }

        return true;
    }

    public Shape Shape(string name)
    {
        if (_shapes.TryGetValue(name, out var shape))
        {
            return shape;
        }

        return _index.TryFindShape(name, out var text)
            ? _shapes.GetOrAdd(name, ReadShape(name, text))
            : throw new FormatException($"The model refers to a shape '{name}' that it does not have.");
    }

    public Shape ReadShape(string name, Slice text) => ShapeReader.Read(this, name, text);

    public bool MentionsFlattened(string shape) => _index.MentionsFlattened(shape);

    /// <summary>Moves from a property name to the end of its value and tells where the value stood.</summary>
    internal static Slice SkipValue(ref Utf8JsonReader reader, int offset)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new(offset + start, (int)reader.BytesConsumed - start);
    }
}
