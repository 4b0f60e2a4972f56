using System.Text;

namespace CentralOps.Agent.Shown;

/// <summary>Words that come in pieces, shown in whole lines: a link whose halves come apart would be drawn. Not for two threads at once.</summary>
public sealed class LineByLine(Action<string> show)
{
    /// <summary>A line that never ends is shown in parts.</summary>
    private const int MostLine = 4000;

    private readonly StringBuilder _begun = new();

    public void Add(string piece)
    {
        foreach (var letter in piece)
        {
            if (letter == '\n' || (_begun.Length >= MostLine && letter == ' '))
            {
                End();
                continue;
            }

            if (letter != '\r' && _begun.Length < MostLine * 4)
            {
                _begun.Append(letter);
            }
        }
    }

    /// <summary>Shows what is begun, as a line of its own.</summary>
    public void End()
    {
        show(AnswerText.Of(_begun.ToString()));
        _begun.Clear();
    }

    public bool HasBegun => _begun.Length > 0;
}
