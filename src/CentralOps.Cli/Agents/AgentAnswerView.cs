using System.Globalization;
using CentralOps.Agent;
using CentralOps.Agent.Shown;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Agents;

/// <summary>A model's answer for a person: its words, and below what they rest on, which no model wrote.</summary>
internal static class AgentAnswerView
{
    public static int CodeOf(AgentAnswer answer) => answer.End switch
    {
        AnswerEnd.Complete => ExitCode.Ok,
        AnswerEnd.ModelFailed => ExitCode.Refused,
        _ => ExitCode.Partial,
    };

    /// <param name="wordsAreShown">They came to the terminal as the model wrote them.</param>
    public static void Write(AgentAnswer answer, bool wordsAreShown, Screen screen)
    {
        if (!wordsAreShown && answer.Text.Length > 0)
        {
            foreach (var line in AnswerText.Of(answer.Text.ReplaceLineEndings("\n").TrimEnd('\n')).Split('\n'))
            {
                screen.Data.WriteLine(PlainText.Wrap(PlainText.Line(line), screen.Width));
            }
        }

        var below = answer.Coverage.Lines().Append(answer.End.Sentence).OfType<string>().ToList();
        if (below.Count > 0 && answer.Text.Length > 0)
        {
            screen.Data.WriteLine();
        }

        foreach (var line in below)
        {
            screen.Data.WriteLine(PlainText.Wrap(PlainText.Line(line), screen.Width));
        }
    }

    /// <summary>The calls, a line each, and what they cost.</summary>
    public static void WriteTrace(AgentAnswer answer, Screen screen)
    {
        foreach (var call in answer.Trace.Calls)
        {
            screen.Data.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{call.Number}. turn {call.Turn}  ") + CallWords.Ended(call));
        }

        screen.Data.WriteLine(Cost(answer));
    }

    public static string Cost(AgentAnswer answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{answer.Trace.Turns} turns, {answer.Trace.Calls.Count} calls, {answer.Trace.InputTokens:N0} tokens read, {answer.Trace.OutputTokens:N0} written, {answer.Trace.Duration.TotalSeconds:F1} s. Prompt {answer.Trace.PromptVersion}.");
}
