using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Json;

/// <summary>A JSON body on the wire.</summary>
internal ref struct JsonWireReader : IWireReader
{
    private readonly ReadOnlySpan<byte> _body;
    private Utf8JsonReader _json;

    /// <summary>Stands on the body's one value. <see cref="JsonException"/> may come from here and from every move.</summary>
    public JsonWireReader(ReadOnlySpan<byte> body)
    {
        _body = body;
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = WireLimits.MaxDepth });
        _json.Read();
    }

    public int Enter(Shape shape)
    {
        var wanted = shape.Kind == ShapeKind.List ? JsonTokenType.StartArray : JsonTokenType.StartObject;
        if (_json.TokenType != wanted)
        {
            throw new WireFormatException($"{shape.Name} is not a JSON {(wanted == JsonTokenType.StartArray ? "array" : "object")}.");
        }

        return 0;
    }

    public Member? NextMember(int scope, Shape shape)
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var member = _json.ValueIsEscaped ? shape.ByWireName.Find(_json.GetString()) : shape.ByWireName.Find(_json.ValueSpan);
            _json.Read();
            if (member is not null)
            {
                return member;
            }

            _json.Skip();
        }

        return null;
    }

    public bool NextElement(int scope) => _json.Read() && _json.TokenType != JsonTokenType.EndArray;

    public bool NextEntry(int scope) => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    public int EnterEntry(Shape map, out string key, out bool hasValue)
    {
        key = _json.GetString()!;
        _json.Read();
        hasValue = _json.TokenType != JsonTokenType.Null;
        return 0;
    }

    public readonly void LeaveEntry(int entry)
    {
    }

    public readonly bool TakeNull(Member member) => _json.TokenType == JsonTokenType.Null && member.Shape.Kind != ShapeKind.Document;

    public void WriteScalar(Member member, Utf8JsonWriter writer)
    {
        var kind = member.Shape.Kind;
        var written = kind switch
        {
            ShapeKind.Document => TryWriteRaw(writer),
            ShapeKind.Boolean when _json.TokenType is JsonTokenType.True or JsonTokenType.False => TryWriteBoolean(writer),
            ShapeKind.Timestamp when _json.TokenType == JsonTokenType.Number => TryWriteEpoch(writer),
            ShapeKind.Integer or ShapeKind.Long when _json.TokenType == JsonTokenType.Number => TryWriteInteger(writer),
            ShapeKind.Float or ShapeKind.Double or ShapeKind.BigInteger or ShapeKind.BigDecimal
                when _json.TokenType == JsonTokenType.Number => TryWriteRaw(writer),
            ShapeKind.String when _json.TokenType == JsonTokenType.String && !_json.ValueIsEscaped => TryWriteUtf8(writer),
            ShapeKind.Blob when _json.TokenType == JsonTokenType.String && !_json.ValueIsEscaped =>
                Base64.IsValid(_json.ValueSpan) && TryWriteUtf8(writer),
            // Some services send numbers and booleans as strings.
            _ => _json.TokenType == JsonTokenType.String && ScalarText.TryWrite(writer, kind, _json.GetString()),
        };
        if (!written)
        {
            throw new WireFormatException($"'{member.Name}' does not hold a {kind} ({member.Shape.Name}).");
        }
    }

    public string ReadText(Member member) => _json.TokenType switch
    {
        JsonTokenType.String => _json.GetString()!,
        JsonTokenType.Number => Encoding.ASCII.GetString(_json.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "",
        _ => throw new WireFormatException($"'{member.Name}' is not a scalar."),
    };

    public void Skip() => _json.Skip();

    public readonly bool Splits(Member member) => false;

    /// <summary>Nothing but white space may follow the value.</summary>
    public void End()
    {
        if (_json.Read())
        {
            throw new WireFormatException("The body goes on after its JSON value.");
        }
    }

    private readonly bool TryWriteBoolean(Utf8JsonWriter writer)
    {
        writer.WriteBooleanValue(_json.TokenType == JsonTokenType.True);
        return true;
    }

    private readonly bool TryWriteUtf8(Utf8JsonWriter writer)
    {
        writer.WriteStringValue(_json.ValueSpan);
        return true;
    }

    private readonly bool TryWriteInteger(Utf8JsonWriter writer)
    {
        if (!_json.TryGetInt64(out var number))
        {
            // 5.0 and 5e0 are the integer five, and some services write them so.
            if (!_json.TryGetDecimal(out var exact) || exact != decimal.Truncate(exact) || exact is < long.MinValue or > long.MaxValue)
            {
                return false;
            }

            number = (long)exact;
        }

        writer.WriteNumberValue(number);
        return true;
    }

    private readonly bool TryWriteEpoch(Utf8JsonWriter writer)
    {
        if (!_json.TryGetDecimal(out var seconds) || !Timestamps.TryFromEpoch(seconds, out var time))
        {
            return false;
        }

        writer.WriteStringValue(Timestamps.ToText(time, TimestampFormat.Iso8601));
        return true;
    }

    private bool TryWriteRaw(Utf8JsonWriter writer)
    {
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        writer.WriteRawValue(_body[start..(int)_json.BytesConsumed], skipInputValidation: true);
        return true;
    }
}
