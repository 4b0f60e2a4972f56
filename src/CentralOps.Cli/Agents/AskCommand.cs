using System.CommandLine;
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
        var check = new Option<string?>("--check") { Description = "Instead of asking: match every question of a file without a model, and print the share that is right.", HelpName = "FILE" };
        var agent = new AgentArguments();
        var gateway = CommonOptions.Gateway();
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("ask", "Ask in words. A model answers by calling tools; without one the best tool is found by search and shown, filled in, for you to run. Exits 3 when the answer is partial.")
        {
            question, yes, check, gateway, state, output,
        };
        agent.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // Everything that is wrong with the command line comes before the first connection.
            agent.CheckVia(parsed);
            var budget = agent.Budget(parsed);
            var model = agent.Model(parsed, ProcessEnvironment.Read);
            var file = parsed.GetValue(check) is { } path ? QuestionFile.Read(path) : null;
            var asked = file is null ? Checked(parsed.GetValue(question)) : "";
            try
            {
                await using var connection = await GatewayConnection.OpenAsync(parsed.GetValue(gateway), parsed.GetValue(state), cancellationToken);
                return (file, model) switch
                {
                    ({ } questions, _) => await QuestionCheck.RunAsync(questions, new GatewayTools(connection), screen, cancellationToken),
                    (_, { } chosen) => await ModelAsking.AskAsync(chosen, asked, budget, connection, parsed.GetValue(output), screen, cancellationToken),
                    _ => await new SearchAsking(connection, screen).AskAsync(asked, parsed.GetValue(yes), parsed.GetValue(output), cancellationToken),
                };
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
