using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CentralOps.Cli.Terminal;

/// <summary>A command's <c>--help</c>, followed by lines that may be copied and run.</summary>
internal static class Examples
{
    public static Command With(this Command command, Screen screen, params string[] lines)
    {
        command.Options.Add(new HelpOption { Action = new HelpThenExamples(screen, lines) });
        return command;
    }

    private sealed class HelpThenExamples(Screen screen, string[] lines) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = new HelpAction().Invoke(parseResult);
            screen.Data.WriteLine("Examples:");
            foreach (var line in lines)
            {
                screen.Data.WriteLine("  " + line);
            }

            return code;
        }
    }
}
