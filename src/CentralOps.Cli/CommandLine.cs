using System.CommandLine;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;
using CentralOps.Cli.Up;

namespace CentralOps.Cli;

/// <summary>The commands, and the one place where a failure becomes words and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Screen screen)
    {
        var parsed = Root(screen).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                screen.Say(error.Message);
            }

            screen.Say($"Usage: see '{HelpOf(parsed)}'.");
            return ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // Functions and listeners are stopped in well under a second; this is the bound when something hangs.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(15),
        };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (CommandFailedException failed)
        {
            screen.Say(failed.Message);
            return failed.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private static RootCommand Root(Screen screen) =>
        new("One question, every AWS account, provably read-only.")
        {
            UpCommand.Create(screen),
            StatusCommand.Create(screen),
            AccountsCommand.Create(screen),
            ToolsCommand.Create(screen),
            CallCommand.Create(screen),
        };

    private static string HelpOf(ParseResult parsed)
    {
        var name = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
        return $"centralops {name}--help";
    }
}
