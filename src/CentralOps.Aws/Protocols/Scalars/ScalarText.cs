using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.Scalars;

/// <summary>Scalars that stand as text on the wire (XML, forms, headers, paths) to our JSON.</summary>
internal static class ScalarText
{
    /// <summary>Writes the value; false, with nothing written, when the text is not one of that kind.</summary>
    public static bool TryWrite(Utf8JsonWriter writer, ShapeKind kind, ReadOnlySpan<char> text)
    {
        switch (kind)
        {
            case ShapeKind.Boolean:
                return TryWriteBoolean(writer, text.Trim());
            case ShapeKind.Integer or ShapeKind.Long:
                return TryWriteInteger(writer, text.Trim());
            case ShapeKind.Float or ShapeKind.Double:
                return TryWriteNumber(writer, text.Trim(), allowNames: true);
            case ShapeKind.BigInteger or ShapeKind.BigDecimal:
                return TryWriteNumber(writer, text.Trim(), allowNames: false);
            case ShapeKind.Timestamp:
                return TryWriteTimestamp(writer, text.Trim());
            case ShapeKind.Blob when !Base64.IsValid(text):
                return false;
            default:
                writer.WriteStringValue(text);
                return true;
        }
    }

    /// <summary>The three numbers that JSON has no number for.</summary>
    public static bool IsNumberName(ReadOnlySpan<char> text) => text is "NaN" or "Infinity" or "-Infinity";

    public static bool TryWriteTimestamp(Utf8JsonWriter writer, ReadOnlySpan<char> text)
    {
        if (!Timestamps.TryParse(text, out var time))
        {
            return false;
        }

        writer.WriteStringValue(Timestamps.ToText(time, TimestampFormat.Iso8601));
        return true;
    }

    private static bool TryWriteBoolean(Utf8JsonWriter writer, ReadOnlySpan<char> text)
    {
        var isTrue = text.Equals("true", StringComparison.OrdinalIgnoreCase) || text is "1";
        if (!isTrue && !text.Equals("false", StringComparison.OrdinalIgnoreCase) && text is not "0")
        {
            return false;
        }

        writer.WriteBooleanValue(isTrue);
        return true;
    }

    private static bool TryWriteInteger(Utf8JsonWriter writer, ReadOnlySpan<char> text)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        writer.WriteNumberValue(number);
        return true;
    }

    // The digits are passed on as they are: a double would lose some.
    private static bool TryWriteNumber(Utf8JsonWriter writer, ReadOnlySpan<char> text, bool allowNames)
    {
        if (allowNames && IsNumberName(text))
        {
            writer.WriteStringValue(text);
            return true;
        }

        if (IsJsonNumber(text))
        {
            writer.WriteRawValue(text, skipInputValidation: true);
            return true;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return false;
        }

        writer.WriteNumberValue(number);
        return true;
    }

    private static bool IsJsonNumber(ReadOnlySpan<char> text)
    {
        var rest = text is ['-', ..] ? text[1..] : text;
        var whole = Digits(rest);
        if (whole == 0 || (whole > 1 && rest[0] == '0'))
        {
            return false;
        }

        rest = rest[whole..];
        if (rest is ['.', ..])
        {
            var fraction = Digits(rest[1..]);
            if (fraction == 0)
            {
                return false;
            }

            rest = rest[(1 + fraction)..];
        }

        if (rest is ['e' or 'E', ..])
        {
            rest = rest is [_, '+' or '-', ..] ? rest[2..] : rest[1..];
            return !rest.IsEmpty && Digits(rest) == rest.Length;
        }

        return rest.IsEmpty;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.Length : length;
    }
}
