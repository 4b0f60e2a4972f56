using System.CommandLine;
using CentralOps.Agent.Questions;
using CentralOps.Agent.Toolbox;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Agents;

/// <summary><c>centralops ask "…"</c>: a question in words.</summary>
internal static class AskCommand
{
    private const int MostChars = 2000;

    public static Command Create(Screen screen)
    {
        var question = new Argument<string?>("question") { Description = "The question, in quotation marks.", Arity = ArgumentArity.ZeroOrOne };
        var yes = new Option<bool>("--yes", "-y") { Description = "Without a model: run what was found without asking." };
        var check = new Option<string?>("--check") { Description = "Instead of asking: match every question of a file, and print the share that is right.", HelpName = "FILE" };
        var gateway = CommonOptions.Gateway();
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("ask", "Ask in words. Without a model the best tool is found by search and shown, filled in, for you to run.") { question, yes, check, gateway, state, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                if (parsed.GetValue(check) is { } file)
                {
                    var questions = QuestionFile.Read(file);
                    await using var checking = await GatewayConnection.OpenAsync(parsed.GetValue(gateway), parsed.GetValue(state), cancellationToken);
                    return await QuestionCheck.RunAsync(questions, new GatewayTools(checking), screen, cancellationToken);
                }

                var asked = Checked(parsed.GetValue(question));
                await using var connection = await GatewayConnection.OpenAsync(parsed.GetValue(gateway), parsed.GetValue(state), cancellationToken);
                return await new SearchAsking(connection, screen).AskAsync(asked, parsed.GetValue(yes), parsed.GetValue(output), cancellationToken);
            }
            catch (ToolsUnreachableException failed)
            {
                throw new CommandFailedException(failed.Message);
            }
        });
        return command;
    }

    private static string Checked(string? question)
    {
        if (string.IsNullOrWhiteSpace(question))
        {
            throw new CommandFailedException("There is no question: ask one in quotation marks, such as centralops ask \"Which servers are stopped in Production?\"", ExitCode.Usage);
        }

        return question.Length <= MostChars
            ? question
            : throw new CommandFailedException($"The question has {question.Length} characters; at most {MostChars} are read, so shorten it.", ExitCode.Usage);
    }
}
