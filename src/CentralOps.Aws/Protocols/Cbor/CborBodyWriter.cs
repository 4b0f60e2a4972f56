using System.Globalization;
using System.Numerics;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Protocols.Transcoding;

namespace CentralOps.Aws.Protocols.Cbor;

/// <summary>Writes our JSON as a CBOR body: members by their names in the model, nulls left out.</summary>
/// <param name="newToken">Null where no token is made up, as in answers.</param>
internal sealed class CborBodyWriter(CborWriter writer, Func<string>? newToken)
{
    public void WriteStructure(ref InputReader input, Shape shape)
    {
        var given = default(MemberSet);
        writer.StartMap();
        input.EnterStructure();
        while (input.NextMember(shape, ref given) is { } member)
        {
            writer.WriteText(member.Name);
            WriteValue(ref input, member);
        }

        foreach (var member in shape.MemberArray)
        {
            if (newToken is not null && member.IdempotencyToken && !given.Has(member))
            {
                writer.WriteText(member.Name);
                writer.WriteText(newToken());
            }
        }

        writer.End();
    }

    private void WriteValue(ref InputReader input, Member member)
    {
        var kind = member.Shape.Kind;
        switch (kind)
        {
            case ShapeKind.Structure:
                WriteStructure(ref input, member.Shape);
                break;
            case ShapeKind.List:
                WriteList(ref input, member.Shape);
                break;
            case ShapeKind.Map:
                WriteMap(ref input, member.Shape);
                break;
            case ShapeKind.String:
                writer.WriteText(input.String());
                break;
            case ShapeKind.Blob:
                writer.WriteBytes(Convert.FromBase64String(input.Blob()));
                break;
            case ShapeKind.Boolean:
                writer.WriteBoolean(input.Boolean());
                break;
            case ShapeKind.Timestamp:
                writer.WriteTag(CborTags.Epoch);
                writer.WriteDouble((double)Timestamps.ToEpoch(input.Time()));
                break;
            case ShapeKind.Integer or ShapeKind.Long:
                writer.WriteInteger(long.Parse(input.Number(kind), CultureInfo.InvariantCulture));
                break;
            case ShapeKind.Float:
                writer.WriteFloat(float.Parse(input.Number(kind), CultureInfo.InvariantCulture));
                break;
            case ShapeKind.Double:
                writer.WriteDouble(double.Parse(input.Number(kind), CultureInfo.InvariantCulture));
                break;
            case ShapeKind.BigInteger or ShapeKind.BigDecimal:
                WriteBig(input, kind);
                break;
            default:
                throw new InputException($"'{member.Name}' is a {kind}, which this protocol cannot carry.");
        }
    }

    private void WriteList(ref InputReader input, Shape list)
    {
        writer.StartArray();
        input.EnterList();
        while (input.NextElement())
        {
            WriteOrNull(ref input, list.Element!);
        }

        writer.End();
    }

    private void WriteMap(ref InputReader input, Shape map)
    {
        writer.StartMap();
        input.EnterMap();
        while (input.NextEntry(out var key))
        {
            writer.WriteText(key);
            WriteOrNull(ref input, map.Value!);
        }

        writer.End();
    }

    private void WriteOrNull(ref InputReader input, Member member)
    {
        if (input.IsNull)
        {
            writer.WriteNull();
            return;
        }

        WriteValue(ref input, member);
    }

    private void WriteBig(InputReader input, ShapeKind kind)
    {
        var digits = input.Number(kind);
        var mark = digits.AsSpan().IndexOfAny('e', 'E');
        var mantissa = mark < 0 ? digits : digits[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : mantissa.Length - point - 1;
        var exponent = 0;
        if (digits.Length > CborNumbers.MaxDigits
            || (mark >= 0 && !int.TryParse(digits.AsSpan(mark + 1), CultureInfo.InvariantCulture, out exponent))
            || Math.Abs((long)exponent) + fraction > CborNumbers.MaxExponent)
        {
            throw input.Wrong($"a number of at most {CborNumbers.MaxDigits} digits");
        }

        var number = BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        if (kind == ShapeKind.BigDecimal)
        {
            writer.WriteDecimalFraction(exponent - fraction, number);
            return;
        }

        writer.WriteBig(exponent == 0 && fraction == 0 ? number : throw input.Wrong("a whole number"));
    }
}
