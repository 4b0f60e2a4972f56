using System.Globalization;

namespace CentralOps.Access.CallerContext;

/// <summary>One text for each decimal value: <c>1</c>, <c>1.0</c>, <c>10e-1</c> and <c>0.1E+1</c> are the same number.</summary>
internal static class DecimalText
{
    private const int MaxExponentDigits = 9;

    /// <param name="number">As JSON has it.</param>
    public static string Normalize(string number)
    {
        var mark = number.AsSpan().IndexOfAny('e', 'E');
        var mantissa = mark < 0 ? number : number[..mark];
        var exponentText = mark < 0 ? "0" : number[(mark + 1)..];

        // An exponent of more digits means nothing to anybody; such a number stays as it was written.
        if (exponentText.TrimStart('+', '-').Length > MaxExponentDigits)
        {
            return number;
        }

        var negative = mantissa.StartsWith('-');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = mantissa.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        if (digits.Length == 0)
        {
            return "0";
        }

        var significant = digits.TrimEnd('0');
        var exponent = long.Parse(exponentText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) - fraction + (digits.Length - significant.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{(negative ? "-" : "")}{significant}e{exponent}");
    }
}
