using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>
/// Our JSON, pulled forward once against the model, for whoever writes it to the wire. Strict: what the model does not have is
/// an <see cref="InputException"/> that names the place. It stands on a value until somebody takes it; a null member is an absent one.
/// </summary>
internal ref struct InputReader
{
    private readonly ReadOnlySpan<byte> _input;
    private readonly InputPath _path = new();
    private readonly bool _isRequest;
    private Utf8JsonReader _json;

    /// <param name="input">A JSON object; nothing at all is an empty one.</param>
    /// <param name="isRequest">Required members are demanded of requests only.</param>
    public InputReader(ReadOnlySpan<byte> input, bool isRequest)
    {
        _input = input.IsEmpty ? "{}"u8 : input;
        _isRequest = isRequest;
        _json = new Utf8JsonReader(_input, new JsonReaderOptions { MaxDepth = WireLimits.MaxDepth });
        _json.Read();
    }

    public readonly bool IsNull => _json.TokenType == JsonTokenType.Null;

    public void EnterStructure() => Enter(JsonTokenType.StartObject, "an object");

    public void EnterList() => Enter(JsonTokenType.StartArray, "an array");

    public void EnterMap() => Enter(JsonTokenType.StartObject, "an object");

    /// <summary>Moves to the next member that is not null; null at the end, once every required member was there.</summary>
    public Member? NextMember(Shape shape, ref MemberSet given)
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var member = _json.ValueIsEscaped ? shape.ByName.Find(_json.GetString()) : shape.ByName.Find(_json.ValueSpan);
            if (member is null)
            {
                _path.At(_json.GetString()!);
                throw new InputException($"'{_path}' is not a member of {shape.Name}.{NearestNames.Sentence(_json.GetString()!, shape.MemberArray)}");
            }

            _path.At(member.Name);
            _json.Read();
            if (_json.TokenType == JsonTokenType.Null && member.Shape.Kind != ShapeKind.Document)
            {
                continue;
            }

            return given.Add(member, shape) ? member : throw new InputException($"'{_path}' is given twice. Give it once.");
        }

        _path.Leave();
        return CheckRequired(shape, given);
    }

    public bool NextElement()
    {
        if (!_json.Read() || _json.TokenType == JsonTokenType.EndArray)
        {
            _path.Leave();
            return false;
        }

        _path.Next();
        return true;
    }

    public bool NextEntry(out string key)
    {
        key = "";
        if (!_json.Read() || _json.TokenType == JsonTokenType.EndObject)
        {
            _path.Leave();
            return false;
        }

        key = _json.GetString()!;
        _path.At(key);
        _json.Read();
        return true;
    }

    public readonly bool Boolean() => _json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Wrong("true or false"),
    };

    /// <summary>Digits as they were given, or one of the names for numbers that JSON has none for.</summary>
    public readonly string Number(ShapeKind kind)
    {
        var isFloat = kind is ShapeKind.Float or ShapeKind.Double;
        if (isFloat && _json.TokenType == JsonTokenType.String && ScalarText.IsNumberName(_json.GetString()))
        {
            return _json.GetString()!;
        }

        if (_json.TokenType != JsonTokenType.Number)
        {
            throw Wrong(isFloat ? "a number (or \"NaN\", \"Infinity\", \"-Infinity\")" : "a number");
        }

        var whole = kind is ShapeKind.Integer or ShapeKind.Long;
        if (whole && !(kind == ShapeKind.Integer ? _json.TryGetInt32(out _) : _json.TryGetInt64(out _)))
        {
            throw Wrong(kind == ShapeKind.Integer ? "a whole number of 32 bits" : "a whole number of 64 bits");
        }

        return Encoding.ASCII.GetString(_json.ValueSpan);
    }

    public readonly string String() => _json.TokenType == JsonTokenType.String ? _json.GetString()! : throw Wrong("a string");

    /// <summary>Base64, checked.</summary>
    public readonly string Blob()
    {
        var text = _json.TokenType == JsonTokenType.String ? _json.GetString()! : throw Wrong("a base64 string");
        return Base64.IsValid(text) ? text : throw new InputException($"{Where} has to be base64; the string that it holds is not.");
    }

    public readonly DateTimeOffset Time()
    {
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetDecimal(out var seconds) && Timestamps.TryFromEpoch(seconds, out var time))
        {
            return time;
        }

        const string Wanted = "a time such as \"2026-01-02T03:04:05Z\"";
        if (_json.TokenType != JsonTokenType.String)
        {
            throw Wrong(Wanted);
        }

        return Timestamps.TryParse(_json.GetString(), out time)
            ? time
            : throw new InputException($"{Where} has to be {Wanted}; the string that it holds is not.");
    }

    /// <summary>A scalar as text, for forms, headers, paths and XML.</summary>
    public readonly string Text(Member member, TimestampFormat format) => member.Shape.Kind switch
    {
        ShapeKind.String => String(),
        ShapeKind.Blob => Blob(),
        ShapeKind.Boolean => Boolean() ? "true" : "false",
        ShapeKind.Timestamp => Timestamps.ToText(Time(), Timestamps.FormatOf(member, format)),
        ShapeKind.Structure or ShapeKind.List or ShapeKind.Map or ShapeKind.Document =>
            throw new InputException($"'{_path}' is a {member.Shape.Kind}, which this place cannot carry."),
        var kind => Number(kind),
    };

    /// <summary>Any JSON value, as it stands.</summary>
    public ReadOnlySpan<byte> Raw()
    {
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        return _input[start..(int)_json.BytesConsumed];
    }

    public readonly InputException Wrong(string wanted) => new($"{Where} has to be {wanted}; it is {Given}.");

    /// <summary>Nothing but white space may follow the object.</summary>
    public void End()
    {
        if (_json.Read())
        {
            throw new InputException("The input goes on after its JSON object.");
        }
    }

    private readonly string Where => _path.ToString() is { Length: > 0 } path ? $"'{path}'" : "The input";

    private readonly string Given => _json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };

    private readonly void Enter(JsonTokenType wanted, string words)
    {
        if (_json.TokenType != wanted)
        {
            throw Wrong(words);
        }

        _path.Enter();
    }

    private readonly Member? CheckRequired(Shape shape, MemberSet given)
    {
        if (!_isRequest)
        {
            return null;
        }

        foreach (var name in shape.RequiredArray)
        {
            // An idempotency token that is left out is made up.
            if (shape.FindMember(name) is { IdempotencyToken: false } member && !given.Has(member))
            {
                var path = _path.ToString();
                throw new InputException($"'{(path.Length > 0 ? path + "." : "")}{name}' is required and missing.");
            }
        }

        return null;
    }
}
