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
    private readonly Dictionary<string, Slice> _operationText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Slice> _shapeText = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flattened = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OperationModel> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Shape> _shapes = new(StringComparer.Ordinal);

    private ModelSource(ReadOnlyMemory<byte> json) => _json = json;

    public IReadOnlyCollection<string> OperationNames => _operationText.Keys;

    public Slice Metadata { get; private set; }

    public static ModelSource Open(ReadOnlyMemory<byte> json)
    {
        var source = new ModelSource(json);
        try
        {
            source.Index();
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The model is not valid JSON at byte {exception.BytePositionInLine} of line {exception.LineNumber + 1}.", exception);
        }

        return source;
    }

    public ReadOnlySpan<byte> Text(Slice slice) => _json.Span.Slice(slice.Start, slice.Length);

    public bool TryGetOperation(ServiceModel service, string name, out OperationModel? operation)
    {
        operation = null;
        if (!_operationText.TryGetValue(name, out var text))
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

        return _shapeText.TryGetValue(name, out var text)
            ? _shapes.GetOrAdd(name, ReadShape(name, text))
            : throw new FormatException($"The model refers to a shape '{name}' that it does not have.");
    }

    public Shape ReadShape(string name, Slice text) => ShapeReader.Read(this, name, text);

    public bool MentionsFlattened(string shape) => _flattened.Contains(shape);

    private void Index()
    {
        var reader = new Utf8JsonReader(_json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("The model is not a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("operations"u8))
            {
                IndexObject(ref reader, _operationText, null);
            }
            else if (reader.ValueTextEquals("shapes"u8))
            {
                IndexObject(ref reader, _shapeText, _flattened);
            }
            else
            {
                var metadata = reader.ValueTextEquals("metadata"u8);
                var text = SkipValue(ref reader, 0);
                Metadata = metadata ? text : Metadata;
            }
        }
    }

    private void IndexObject(ref Utf8JsonReader reader, Dictionary<string, Slice> into, HashSet<string>? flattened)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var text = SkipValue(ref reader, 0);
            into[name] = text;
            if (flattened is not null && Text(text).IndexOf("\"flattened\""u8) >= 0)
            {
                flattened.Add(name);
            }
        }
    }

    /// <summary>Moves from a property name to the end of its value and tells where the value stood.</summary>
    internal static Slice SkipValue(ref Utf8JsonReader reader, int offset)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new(offset + start, (int)reader.BytesConsumed - start);
    }
}
