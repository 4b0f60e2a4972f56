using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Cbor;

/// <summary>A CBOR body on the wire. Members go by their name in the model; a key that comes twice is refused.</summary>
internal ref struct CborWireReader(ReadOnlySpan<byte> body) : IWireReader
{
    private readonly List<Scope> _scopes = [];
    private CborReader _cbor = new(body);

    public int Enter(Shape shape)
    {
        var head = _cbor.ReadUntagged();
        var wanted = shape.Kind == ShapeKind.List ? CborType.Array : CborType.Map;
        if (head.Type != wanted)
        {
            throw new WireFormatException($"{shape.Name} is not a CBOR {(wanted == CborType.Array ? "array" : "map")}.");
        }

        CborReader.CheckDepth(_scopes.Count + 1);
        _scopes.Add(new() { Left = _cbor.Count(head, wanted == CborType.Map ? 2 : 1) });
        return _scopes.Count - 1;
    }

    public Member? NextMember(int scope, Shape shape)
    {
        while (NextElement(scope))
        {
            if (shape.ByName.Find(ReadKey()) is { } member)
            {
                return CollectionsMarshal.AsSpan(_scopes)[scope].Given.Add(member, shape)
                    ? member
                    : throw new WireFormatException($"'{member.Name}' is given twice.");
            }

            Skip();
        }

        return null;
    }

    public bool NextElement(int scope)
    {
        if (!_cbor.AtEndOf(ref CollectionsMarshal.AsSpan(_scopes)[scope].Left))
        {
            return true;
        }

        _scopes.RemoveAt(scope);
        return false;
    }

    public bool NextEntry(int scope) => NextElement(scope);

    public int EnterEntry(Shape map, out string key, out bool hasValue)
    {
        key = Encoding.UTF8.GetString(ReadKey());
        if (!(CollectionsMarshal.AsSpan(_scopes)[^1].Keys ??= new(StringComparer.Ordinal)).Add(key))
        {
            throw new WireFormatException($"A key of {map.Name} is given twice.");
        }

        hasValue = !_cbor.AtNull;
        if (!hasValue)
        {
            _cbor.TakeByte();
        }

        return 0;
    }

    public readonly void LeaveEntry(int entry)
    {
    }

    public bool TakeNull(Member member)
    {
        if (!_cbor.AtNull)
        {
            return false;
        }

        _cbor.TakeByte();
        return true;
    }

    public void WriteScalar(Member member, Utf8JsonWriter writer)
    {
        var kind = member.Shape.Kind;
        if (kind is ShapeKind.BigInteger or ShapeKind.BigDecimal && _cbor.Type != CborType.Simple)
        {
            writer.WriteRawValue(CborNumbers.ReadDigits(ref _cbor, _cbor.ReadHead()), skipInputValidation: true);
            return;
        }

        var head = _cbor.ReadUntagged();
        var written = kind switch
        {
            ShapeKind.Boolean => TryWriteBoolean(head, writer),
            ShapeKind.Integer or ShapeKind.Long => TryWriteInteger(head, writer),
            ShapeKind.Float or ShapeKind.Double or ShapeKind.BigDecimal => TryWriteNumber(head, writer),
            ShapeKind.Timestamp => TryWriteEpoch(head, writer),
            ShapeKind.String => head.Type == CborType.Text && TryWriteText(head, writer),
            ShapeKind.Blob => head.Type == CborType.Bytes && TryWriteBytes(head, writer),
            _ => false,
        };
        if (!written)
        {
            throw new WireFormatException($"'{member.Name}' does not hold a {kind} ({member.Shape.Name}).");
        }
    }

    public string ReadText(Member member)
    {
        var head = _cbor.ReadUntagged();
        if (head.Type == CborType.Text)
        {
            return Encoding.UTF8.GetString(_cbor.ReadString(head));
        }

        if (head is { Type: CborType.Simple, Info: 20 or 21 })
        {
            return head.Info == 21 ? "true" : "false";
        }

        return CborNumbers.IsInteger(head) && CborNumbers.TryToInt64(head, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw new WireFormatException($"'{member.Name}' is not a text.");
    }

    public void Skip() => _cbor.Skip(_scopes.Count);

    public readonly bool Splits(Member member) => false;

    /// <summary>Nothing may follow the value.</summary>
    public readonly void End()
    {
        if (!_cbor.AtEnd)
        {
            throw new WireFormatException("The body goes on after its CBOR value.");
        }
    }

    private ReadOnlySpan<byte> ReadKey()
    {
        var head = _cbor.ReadHead();
        return head.Type == CborType.Text ? _cbor.ReadString(head) : throw _cbor.Wrong("a key that is not a text");
    }

    private static bool TryWriteBoolean(CborHead head, Utf8JsonWriter writer)
    {
        if (head is not { Type: CborType.Simple, Info: 20 or 21 })
        {
            return false;
        }

        writer.WriteBooleanValue(head.Info == 21);
        return true;
    }

    private static bool TryWriteInteger(CborHead head, Utf8JsonWriter writer)
    {
        if (CborNumbers.IsFloat(head))
        {
            // As in JSON, five is an integer however it is written.
            var number = CborNumbers.ToDouble(head);
            if (number != Math.Truncate(number) || number is < long.MinValue or >= long.MaxValue)
            {
                return false;
            }

            writer.WriteNumberValue((long)number);
            return true;
        }

        if (!CborNumbers.IsInteger(head) || !CborNumbers.TryToInt64(head, out var value))
        {
            return false;
        }

        writer.WriteNumberValue(value);
        return true;
    }

    private static bool TryWriteNumber(CborHead head, Utf8JsonWriter writer)
    {
        if (!CborNumbers.IsFloat(head))
        {
            return TryWriteInteger(head, writer);
        }

        var number = CborNumbers.ToDouble(head);
        if (!double.IsFinite(number))
        {
            writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        }
        else if (head.Info == 26)
        {
            writer.WriteNumberValue((float)number);
        }
        else
        {
            writer.WriteNumberValue(number);
        }

        return true;
    }

    private static bool TryWriteEpoch(CborHead head, Utf8JsonWriter writer)
    {
        const double Most = 1e12;
        var seconds = CborNumbers.IsFloat(head) ? CborNumbers.ToDouble(head)
            : CborNumbers.IsInteger(head) && CborNumbers.TryToInt64(head, out var whole) ? whole
            : double.NaN;
        if (seconds is not (> -Most and < Most) || !Timestamps.TryFromEpoch((decimal)seconds, out var time))
        {
            return false;
        }

        writer.WriteStringValue(Timestamps.ToText(time, TimestampFormat.Iso8601));
        return true;
    }

    private bool TryWriteText(CborHead head, Utf8JsonWriter writer)
    {
        writer.WriteStringValue(_cbor.ReadString(head));
        return true;
    }

    private bool TryWriteBytes(CborHead head, Utf8JsonWriter writer)
    {
        writer.WriteBase64StringValue(_cbor.ReadString(head));
        return true;
    }

    /// <summary>An open array or map.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Scope
    {
        public int Left;
        public MemberSet Given;
        public HashSet<string>? Keys;
    }
}
