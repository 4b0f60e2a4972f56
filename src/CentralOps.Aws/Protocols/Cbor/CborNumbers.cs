using System.Globalization;
using System.Numerics;

namespace CentralOps.Aws.Protocols.Cbor;

/// <summary>Numbers of CBOR.</summary>
internal static class CborNumbers
{
    /// <summary>AWS has no longer numbers, and taking one to decimal digits costs the square of its length.</summary>
    public const int MaxDigits = 1_000;

    public const int MaxExponent = 1_000;

    private const int MaxBytes = 416;

    public static bool IsInteger(CborHead head) => head.Type is CborType.Unsigned or CborType.Negative;

    public static bool IsFloat(CborHead head) => head is { Type: CborType.Simple, Info: 25 or 26 or 27 };

    /// <summary>False where it goes beyond 64 bits.</summary>
    public static bool TryToInt64(CborHead head, out long value)
    {
        value = head.Type == CborType.Unsigned ? (long)head.Argument : ~(long)head.Argument;
        return head.Argument <= long.MaxValue;
    }

    /// <summary>Half precision becomes double, which holds it exactly.</summary>
    public static double ToDouble(CborHead head) => head.Info switch
    {
        25 => (double)BitConverter.UInt16BitsToHalf((ushort)head.Argument),
        26 => BitConverter.UInt32BitsToSingle((uint)head.Argument),
        _ => BitConverter.UInt64BitsToDouble(head.Argument),
    };

    /// <summary>As digits: of an integer, of a big number, or of a decimal fraction, which is then written with its exponent.</summary>
    public static string ReadDigits(ref CborReader reader, CborHead head)
    {
        if (head is { Type: CborType.Tag, Argument: CborTags.DecimalFraction })
        {
            var pair = reader.ReadHead();
            if (pair is not { Type: CborType.Array, IsIndefinite: false, Argument: 2 })
            {
                throw reader.Wrong("a decimal fraction that is not of two numbers");
            }

            var power = reader.ReadHead();
            if (!IsInteger(power) || !TryToInt64(power, out var exponent) || exponent is < -MaxExponent or > MaxExponent)
            {
                throw reader.Wrong("a decimal fraction beyond what is read here");
            }

            var digits = ReadBig(ref reader, reader.ReadHead()).ToString(CultureInfo.InvariantCulture);
            return exponent == 0 ? digits : string.Create(CultureInfo.InvariantCulture, $"{digits}E{exponent}");
        }

        return ReadBig(ref reader, head).ToString(CultureInfo.InvariantCulture);
    }

    private static BigInteger ReadBig(ref CborReader reader, CborHead head)
    {
        if (IsInteger(head))
        {
            return head.Type == CborType.Unsigned ? head.Argument : -1 - (BigInteger)head.Argument;
        }

        if (head is not { Type: CborType.Tag, Argument: CborTags.BigPositive or CborTags.BigNegative })
        {
            throw reader.Wrong("something else where a number has to stand");
        }

        var content = reader.ReadHead();
        if (content.Type != CborType.Bytes)
        {
            throw reader.Wrong("a big number that is not of bytes");
        }

        var bytes = reader.ReadString(content);
        if (bytes.Length > MaxBytes)
        {
            throw reader.Wrong("a number beyond what is read here");
        }

        var size = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        return head.Argument == CborTags.BigPositive ? size : -1 - size;
    }
}
