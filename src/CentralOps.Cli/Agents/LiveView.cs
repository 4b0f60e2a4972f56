using CentralOps.Agent;
using CentralOps.Agent.Shown;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Agents;

/// <summary>
/// What happens while a question is answered: a line a call on stderr, and on a terminal the model's words as they come, whole lines at a time.
/// Elsewhere the answer is written once, when it is there.
/// </summary>
internal sealed class LiveView : IProgress<AgentEvent>
{
    private readonly Screen _screen;
    private readonly LineByLine _lines;

    /// <param name="shows">Words are data here; where data is JSON they are not shown as they come.</param>
    public LiveView(Screen screen, bool shows)
    {
        _screen = screen;
        ShowsWords = shows && screen.DataIsTerminal;
        _lines = new LineByLine(line => _screen.Data.WriteLine(PlainText.Wrap(PlainText.Line(line), _screen.Width)));
    }

    /// <summary>The words were shown as they came, and need not be written again.</summary>
    public bool ShowsWords { get; }

    public void Report(AgentEvent value)
    {
        switch (value)
        {
            case AgentEvent.Words words when ShowsWords:
                _lines.Add(words.Text);
                break;
            case AgentEvent.WordsWereAside when ShowsWords:
                End();
                break;
            case AgentEvent.CallBegun begun when _screen.WordsAreTerminal:
                End();
                _screen.Say(CallWords.Begun(begun.Call));
                break;
            case AgentEvent.CallSays says when _screen.WordsAreTerminal:
                _screen.Say($"  {says.Text}");
                break;
            case AgentEvent.CallEnded ended:
                _screen.Say(CallWords.Ended(ended.Call));
                break;
        }
    }

    /// <summary>Shows what is begun of a line.</summary>
    public void End()
    {
        if (_lines.HasBegun)
        {
            _lines.End();
        }
    }
}
