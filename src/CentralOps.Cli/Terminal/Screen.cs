using System.Text;
using Spectre.Console;

namespace CentralOps.Cli.Terminal;

/// <summary>Where a command writes: data to stdout, words to stderr.</summary>
internal sealed class Screen(TextWriter data, TextWriter words, bool dataIsTerminal, bool wordsAreTerminal, int width, bool colour)
{
    /// <summary>Wide enough for any line: piped output is never wrapped or cut.</summary>
    private const int Unbounded = 1_000_000;

    public TextWriter Data { get; } = data;

    public bool DataIsTerminal { get; } = dataIsTerminal;

    public bool WordsAreTerminal { get; } = wordsAreTerminal;

    /// <summary>Columns that a table may fill.</summary>
    public int Width { get; } = dataIsTerminal ? width : Unbounded;

    /// <summary>Where a person answers; null where nobody sits before a terminal.</summary>
    public TextReader? Answers { get; init; }

    public IAnsiConsole DataConsole { get; } = Console(data, dataIsTerminal, colour, dataIsTerminal ? width : Unbounded);

    public IAnsiConsole WordsConsole { get; } = Console(words, wordsAreTerminal, colour, wordsAreTerminal ? width : Unbounded);

    public static Screen OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var data = new StreamWriter(System.Console.OpenStandardOutput(), utf8) { AutoFlush = true };
        var words = new StreamWriter(System.Console.OpenStandardError(), utf8) { AutoFlush = true };
        var dataIsTerminal = !System.Console.IsOutputRedirected;
        var wordsAreTerminal = !System.Console.IsErrorRedirected;
        return new Screen(data, words, dataIsTerminal, wordsAreTerminal, TerminalWidth(dataIsTerminal || wordsAreTerminal), colour: true)
        {
            Answers = System.Console.IsInputRedirected || !wordsAreTerminal ? null : System.Console.In,
        };
    }

    /// <summary>A sentence for the person, on stderr; on a terminal it breaks between words.</summary>
    public void Say(string sentence) => SayLines(WordsAreTerminal ? PlainText.Wrap(PlainText.Line(sentence), width) : PlainText.Line(sentence));

    /// <summary>A sentence that may hold a command: never broken by us, so that what is copied from the terminal is the whole command.</summary>
    public void SayUnbroken(string sentence) => SayLines(PlainText.Line(sentence));

    /// <summary>Lines that are clean already.</summary>
    public void SayLines(string lines)
    {
        try
        {
            words.WriteLine(lines);
        }
        catch (IOException)
        {
            // Nobody reads the words (2>/dev/full, a closed stderr): the exit code and the data still tell.
        }
    }

    /// <summary>Asks a person and waits; null at the end of what they type, and where there is nobody to ask.</summary>
    public async Task<string?> AskAsync(string prompt, CancellationToken cancellationToken)
    {
        if (Answers is null)
        {
            return null;
        }

        words.Write(PlainText.Line(prompt));
        // A read from a terminal hears no token: Ctrl-C leaves it behind.
        return await Task.Run(Answers.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
    }

    /// <summary>Runs work under a spinner where stderr is a terminal, silently elsewhere.</summary>
    public Task<T> WhileAsync<T>(string what, Func<Task<T>> work) =>
        WordsAreTerminal ? WordsConsole.Status().StartAsync(Markup.Escape(PlainText.Line(what)), _ => work()) : work();

    private static int TerminalWidth(bool anyTerminal)
    {
        const int Usual = 80;
        if (!anyTerminal)
        {
            return Usual;
        }

        try
        {
            return System.Console.WindowWidth is > 0 and var columns ? columns : Usual;
        }
        catch (IOException)
        {
            return Usual;
        }
    }

    // Spectre honours NO_COLOR and TERM where it is left to detect.
    private static IAnsiConsole Console(TextWriter writer, bool terminal, bool colour, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal && colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal && colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        return console;
    }
}
