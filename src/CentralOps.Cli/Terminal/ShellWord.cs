namespace CentralOps.Cli.Terminal;

/// <summary>Text as one word of a shell's command line: what 'up' prints is copied and run.</summary>
internal static class ShellWord
{
    private const string Plain = "/._-+:@%,=";

    public static string Of(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || Plain.Contains(character, StringComparison.Ordinal))
            ? text
            : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
