using System.Text.Json;

namespace CentralOps.Aws.Models;

/// <summary>Walks a model's tokens once and keeps where each operation and shape stands.</summary>
internal sealed class TokenIndex : IModelIndex
{
    private readonly Dictionary<string, Slice> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Slice> _shapes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flattened = new(StringComparer.Ordinal);

    public TokenIndex(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("The model is not a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("operations"u8))
            {
                IndexObject(ref reader, json, _operations, null);
            }
            else if (reader.ValueTextEquals("shapes"u8))
            {
                IndexObject(ref reader, json, _shapes, _flattened);
            }
            else
            {
                var metadata = reader.ValueTextEquals("metadata"u8);
                var text = ModelSource.SkipValue(ref reader, 0);
                Metadata = metadata ? text : Metadata;
            }
        }
    }

    public Slice Metadata { get; }

    public IReadOnlyCollection<string> OperationNames => _operations.Keys;

    public bool TryFindOperation(string name, out Slice text) => _operations.TryGetValue(name, out text);

    public bool TryFindShape(string name, out Slice text) => _shapes.TryGetValue(name, out text);

    public bool MentionsFlattened(string shape) => _flattened.Contains(shape);

    private static void IndexObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Dictionary<string, Slice> into, HashSet<string>? flattened)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var text = ModelSource.SkipValue(ref reader, 0);
            into[name] = text;
            if (flattened is not null && json.Slice(text.Start, text.Length).IndexOf("\"flattened\""u8) >= 0)
            {
                flattened.Add(name);
            }
        }
    }
}
