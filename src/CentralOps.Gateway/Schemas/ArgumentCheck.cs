using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace CentralOps.Gateway.Schemas;

/// <summary>
/// Checks a JSON object against a compiled schema and tells all that is wrong at once, each with the field's path and the repair, so that a
/// model mends its call in one go. An integer may be written <c>1.0</c>. A member without a property in the schema passes. A null passes
/// nowhere, optional or not: the schema says a type and null is none of them, and a function should not have to tell null from absent.
/// </summary>
internal ref struct ArgumentCheck
{
    /// <summary>Problems that are spelled out; the rest are counted.</summary>
    public const int MaxProblems = 20;

    private readonly Span<Step> _path;
    private int _depth;
    private Utf8JsonReader _json;
    private StringBuilder? _text;
    private int _problems;

    private ArgumentCheck(ReadOnlySpan<byte> json, Span<Step> path)
    {
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = SchemaReader.MaxDepth + 64 });
        _path = path;
    }

    /// <param name="json">Well-formed JSON, an object; duplicate members have been refused before.</param>
    /// <returns>The problems as sentences, a line each; null when there are none.</returns>
    public static string? Problems(ReadOnlySpan<byte> json, SchemaNode schema)
    {
        var path = default(Path);
        var check = new ArgumentCheck(json, path);
        check._json.Read();
        check.Value(schema);
        if (check._text is null)
        {
            return null;
        }

        if (check._problems > MaxProblems)
        {
            check._text.Append("and ").Append(check._problems - MaxProblems).Append(" more problems.");
        }

        return check._text.ToString().TrimEnd('\n');
    }

    private void Value(SchemaNode schema)
    {
        var fits = schema.Type switch
        {
            SchemaType.String => _json.TokenType == JsonTokenType.String,
            SchemaType.Number => _json.TokenType == JsonTokenType.Number,
            SchemaType.Integer => _json.TokenType == JsonTokenType.Number && IsWhole(ref _json),
            SchemaType.Boolean => _json.TokenType is JsonTokenType.True or JsonTokenType.False,
            SchemaType.Object => _json.TokenType == JsonTokenType.StartObject,
            _ => _json.TokenType == JsonTokenType.StartArray,
        };
        if (!fits)
        {
            Unfit(schema);
            _json.Skip();
            return;
        }

        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject:
                Object(schema);
                break;
            case JsonTokenType.StartArray:
                Array(schema);
                break;
        }
    }

    private void Object(SchemaNode schema)
    {
        Span<bool> seen = stackalloc bool[schema.Required.Count];
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            for (var i = 0; i < seen.Length; i++)
            {
                seen[i] |= !seen[i] && _json.ValueTextEquals(schema.Required[i]);
            }

            var property = Find(schema);
            _json.Read();
            if (property is null)
            {
                _json.Skip();
                continue;
            }

            _path[_depth++] = new(property.Name, 0);
            Value(property.Schema);
            _depth--;
        }

        for (var i = 0; i < seen.Length; i++)
        {
            if (!seen[i])
            {
                _path[_depth++] = new(schema.Required[i], 0);
                Missing(schema, schema.Required[i]);
                _depth--;
            }
        }
    }

    private void Array(SchemaNode schema)
    {
        for (var index = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; index++)
        {
            if (schema.Items is null)
            {
                _json.Skip();
                continue;
            }

            _path[_depth++] = new(null, index);
            Value(schema.Items);
            _depth--;
        }
    }

    private readonly SchemaProperty? Find(SchemaNode schema)
    {
        foreach (var property in schema.Properties)
        {
            if (_json.ValueTextEquals(property.Name))
            {
                return property;
            }
        }

        return null;
    }

    private static bool IsWhole(ref Utf8JsonReader json) =>
        json.TryGetInt64(out _)
        || (json.TryGetDecimal(out var exact) ? decimal.Truncate(exact) == exact : json.TryGetDouble(out var wide) && double.IsInteger(wide));

    private void Missing(SchemaNode schema, string name)
    {
        var property = schema.Properties.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.Ordinal));
        Tell($"is required and missing; add it{(property is null ? "" : $" as {property.Schema.Noun}{Hint(property.Schema)}")}.");
    }

    private void Unfit(SchemaNode schema)
    {
        var (found, repair) = (_json.TokenType, schema.Type) switch
        {
            (JsonTokenType.Null, _) => ("is null", $"send {schema.Noun}, or leave the member out if it is optional"),
            (JsonTokenType.Number, SchemaType.Integer) => ("has a fraction", "send a whole number"),
            (JsonTokenType.Number, SchemaType.String) => ("is a number", "put it in quotes"),
            (JsonTokenType.String, SchemaType.Number or SchemaType.Integer or SchemaType.Boolean) => ("is a string", $"send {schema.Noun}, without quotes"),
            (JsonTokenType.String, SchemaType.Array) => ("is a string", "send an array, with this as its one element"),
            (JsonTokenType.String, _) => ("is a string", $"send {schema.Noun}"),
            (JsonTokenType.Number, _) => ("is a number", $"send {schema.Noun}"),
            (JsonTokenType.StartObject, _) => ("is an object", $"send {schema.Noun}"),
            (JsonTokenType.StartArray, _) => ("is an array", $"send {schema.Noun}"),
            _ => ("is a boolean", $"send {schema.Noun}"),
        };
        Tell($"{found} and must be {schema.Noun}; {repair}{Hint(schema)}.");
    }

    private static string Hint(SchemaNode schema) =>
        schema.Description is { Length: > 0 } words ? $" ({Printable.Text(words, 160).TrimEnd('.')})" : "";

    private void Tell(string problem)
    {
        if (++_problems > MaxProblems)
        {
            return;
        }

        _text ??= new StringBuilder();
        foreach (var step in _path[.._depth])
        {
            _ = step.Name is null
                ? _text.Append('[').Append(step.Index).Append(']')
                : _text.Append(_text.Length == 0 || _text[^1] == '\n' ? "" : ".").Append(Printable.Text(step.Name, 64));
        }

        _text.Append(": ").Append(problem).Append('\n');
    }

    [InlineArray(SchemaReader.MaxDepth + 2)]
    private struct Path
    {
        private Step _first;
    }

    /// <summary>A member's name, or an element's index where there is no name.</summary>
    private readonly record struct Step(string? Name, int Index);
}
