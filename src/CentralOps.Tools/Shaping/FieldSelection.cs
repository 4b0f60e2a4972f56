using System.Text.Json;
using CentralOps.Accounts;
using CentralOps.Tools.Arguments;

namespace CentralOps.Tools.Shaping;

/// <summary>Which fields of an item are answered, in which order. What an item lacks is null.</summary>
internal sealed class FieldSelection
{
    public const int MaxCount = 50;

    private readonly IReadOnlyList<(string Name, FieldPath Path)> _fields;

    private FieldSelection(IReadOnlyList<(string Name, FieldPath Path)> fields) => _fields = fields;

    /// <summary>As they were asked for.</summary>
    public IReadOnlyList<string> Names => [.. _fields.Select(static one => one.Name)];

    /// <summary>Every name that no item can have is noted in the reader, with the nearest that it can.</summary>
    /// <param name="argument">The argument that the names come from.</param>
    /// <param name="known">The members of the tool's items.</param>
    /// <returns>Null where nothing was asked for.</returns>
    public static FieldSelection? Read(string argument, IReadOnlyList<string> names, IReadOnlyCollection<string> known, ArgumentReader reader)
    {
        var fields = new List<(string Name, FieldPath Path)>(names.Count);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (Find(argument, name, known, reader) is { } path)
            {
                fields.Add((name, path));
            }
        }

        return fields.Count == 0 ? null : new FieldSelection(fields);
    }

    /// <summary>The path that a text means; null where it means none, which is noted. The case of its first name does not matter.</summary>
    public static FieldPath? Find(string argument, string text, IReadOnlyCollection<string> known, ArgumentReader reader)
    {
        if (!FieldPath.TryParse(text, out var path, out var problem))
        {
            reader.Note(argument, $"has the field '{PlainText.Line(text, 60)}', which {problem}", "Write a field as in InstanceType or Tags.env");
            return null;
        }

        var root = known.FirstOrDefault(name => string.Equals(name, path.Root, StringComparison.Ordinal))
            ?? known.FirstOrDefault(name => string.Equals(name, path.Root, StringComparison.OrdinalIgnoreCase));
        if (root is not null)
        {
            return string.Equals(root, path.Root, StringComparison.Ordinal) ? path : path.Under(root);
        }

        var nearest = Nearest.To(path.Root, known);
        reader.Note(
            argument,
            $"has the field '{PlainText.Line(text, 60)}', which there is not",
            nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}?" : $"There are {string.Join(", ", known)}");
        return null;
    }

    /// <summary>The item with these fields only.</summary>
    public void Write(JsonElement item, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(item, json);
        json.WriteEndObject();
    }

    /// <summary>Into an object that is open.</summary>
    public void WriteMembers(JsonElement item, Utf8JsonWriter json)
    {
        foreach (var (name, path) in _fields)
        {
            json.WritePropertyName(name);
            if (path.Of(item) is { ValueKind: not JsonValueKind.Undefined } value)
            {
                value.WriteTo(json);
            }
            else
            {
                json.WriteNullValue();
            }
        }
    }
}
