using System.Buffers.Text;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>
/// Foreign JSON whose texts are text. JavaScript writes a string that was cut within an emoji with half of a surrogate pair, escaped; readers elsewhere fall over it,
/// some only when they write it again. Each half becomes U+FFFD, as <c>String.prototype.toWellFormed</c> has it.
/// </summary>
internal static class WellFormedJson
{
    private const int EscapeLength = 6;

    private static ReadOnlySpan<byte> Replacement => "\\ufffd"u8;

    /// <returns>The same bytes where there is nothing to mend, which is nearly always.</returns>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        var mended = default(byte[]);
        var text = json.Span;
        for (var at = Next(text, 0); at >= 0; at = Next(text, at))
        {
            if (Unit(text, at) is not { } unit)
            {
                // Another escape: the letter after a backslash begins none.
                at += 2;
                continue;
            }

            if (!char.IsSurrogate(unit))
            {
                at += EscapeLength;
                continue;
            }

            if (char.IsHighSurrogate(unit) && Unit(text, at + EscapeLength) is { } low && char.IsLowSurrogate(low))
            {
                at += 2 * EscapeLength;
                continue;
            }

            mended ??= json.ToArray();
            Replacement.CopyTo(mended.AsSpan(at));
            at += EscapeLength;
        }

        return mended ?? json;
    }

    private static int Next(ReadOnlySpan<byte> text, int from)
    {
        if (from >= text.Length)
        {
            return -1;
        }

        var found = text[from..].IndexOf((byte)'\\');
        return found < 0 ? -1 : from + found;
    }

    /// <summary>The UTF-16 unit of an escape at a place; null where there is none.</summary>
    private static char? Unit(ReadOnlySpan<byte> text, int at) =>
        at + EscapeLength <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && Utf8Parser.TryParse(text.Slice(at + 2, 4), out ushort unit, out var read, 'X') && read == 4
            ? (char)unit
            : null;
}
