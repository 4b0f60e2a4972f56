using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Tests;

internal static class Fake
{
    /// <param name="width">Columns of a terminal; null for a pipe.</param>
    public static (StringWriter Data, StringWriter Words, Screen Screen) Screen(int? width)
    {
        var data = new StringWriter();
        var words = new StringWriter();
        return (data, words, new Screen(data, words, dataIsTerminal: width is not null, wordsAreTerminal: false, width ?? 80, colour: false));
    }
}
