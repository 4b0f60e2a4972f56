namespace CentralOps.Text.Shaping;

/// <summary>
/// Which characters act instead of being read. The rule is the one of CentralOps.Aws, which stands on its own and keeps its copy; a law test
/// walks every code point through both.
/// </summary>
public static class ActingCharacter
{
    /// <summary>
    /// Controls, bidirectional marks, separators of lines and paragraphs, and what is invisible and can carry hidden text. Tab and line
    /// feed do not act; joiners (U+200C, U+200D) and variation selectors 1 to 16 do not either, because scripts and emoji need them.
    /// </summary>
    public static bool Is(int codePoint) => codePoint switch
    {
        '\t' or '\n' => false,
        < 0x20 or (>= 0x7F and <= 0x9F) => true,
        0x00AD or 0x061C or 0x180E => true,
        0x200B or 0x200E or 0x200F => true,
        >= 0x2028 and <= 0x202E => true,
        >= 0x2060 and <= 0x206F => true,
        0xFEFF or (>= 0xFFF9 and <= 0xFFFB) => true,
        >= 0x1D173 and <= 0x1D17A => true,
        >= 0xE0000 and <= 0xE0FFF => true,
        _ => false,
    };

    /// <summary>Stands between words: where text is brought onto one line, a space takes its place.</summary>
    public static bool Separates(int codePoint) => codePoint is (>= '\t' and <= '\r') or 0x85 or 0x2028 or 0x2029;
}
