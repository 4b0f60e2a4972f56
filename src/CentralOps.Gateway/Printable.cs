using CentralOps.Text.Shaping;

namespace CentralOps.Gateway;

/// <summary>Foreign text made fit to stand in a message, as <see cref="ForeignText"/> has it.</summary>
internal static class Printable
{
    public static string Text(ReadOnlySpan<char> text, int maxLength) => ForeignText.Line(text, maxLength);
}
