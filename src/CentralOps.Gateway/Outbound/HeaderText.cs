namespace CentralOps.Gateway.Outbound;

/// <summary>What may stand in a header that we write (RFC 9110, section 5.5): a line break there would become a header of its own.</summary>
internal static class HeaderText
{
    /// <summary>Printable ASCII and inner blanks, not empty.</summary>
    public static bool IsValue(string text, int maxLength) =>
        text.Length > 0 && text.Length <= maxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && text[0] != ' ' && text[^1] != ' ';

    /// <summary>Visible ASCII without blanks: tokens and session ids.</summary>
    public static bool IsVisible(string text, int maxLength) =>
        text.Length > 0 && text.Length <= maxLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
