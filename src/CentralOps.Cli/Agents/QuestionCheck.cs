using System.Globalization;
using System.Text.Json;
using CentralOps.Agent.Questions;
using CentralOps.Agent.Toolbox;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Agents;

/// <summary>How many questions of a file come to the tool and the arguments that they should. Right is both, exactly.</summary>
internal static class QuestionCheck
{
    /// <summary>Percent, under which the command fails.</summary>
    private const int Least = 85;

    public static async Task<int> RunAsync(QuestionFile file, IAgentTools tools, Screen screen, CancellationToken cancellationToken)
    {
        var matcher = new QuestionMatcher(tools, new FixedTime(file.Now));
        var (right, rightTool) = (0, 0);
        foreach (var expected in file.Questions)
        {
            var match = await matcher.MatchAsync(expected.Question, cancellationToken);
            var isTool = string.Equals(match?.Tool.BareName, expected.Tool, StringComparison.Ordinal);
            var given = JsonElement.Parse(match?.Arguments.ToJsonString() ?? "null");
            rightTool += isTool ? 1 : 0;
            if (isTool && JsonElement.DeepEquals(given, expected.Arguments))
            {
                right++;
                continue;
            }

            screen.Say($"Not right: {expected.Question}");
            screen.SayUnbroken($"  wanted {expected.Tool} {expected.Arguments.GetRawText()}");
            screen.SayUnbroken($"  found  {match?.Tool.BareName ?? "nothing"} {given.GetRawText()}");
        }

        var all = file.Questions.Count;
        screen.Data.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{right} of {all} questions right ({Percent(right, all):F1} %): tool and arguments exactly. The tool alone: {rightTool} ({Percent(rightTool, all):F1} %)."));
        return Percent(right, all) >= Least ? ExitCode.Ok : ExitCode.Refused;
    }

    private static double Percent(int part, int all) => all == 0 ? 0 : 100.0 * part / all;

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
