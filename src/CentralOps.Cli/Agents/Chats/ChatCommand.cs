using System.CommandLine;
using System.Globalization;
using CentralOps.Agent;
using CentralOps.Agent.Toolbox;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Agents.Chats;

/// <summary><c>centralops chat</c>: questions one after the other, each knowing the ones before.</summary>
internal static class ChatCommand
{
    private const string Latest = "latest";

    public static Command Create(Screen screen)
    {
        var resume = new Option<string?>("--resume") { Description = "Go on with a chat: its id, or the latest.", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = static _ => null };
        var list = new Option<bool>("--list") { Description = "List the chats that are kept." };
        var agent = new AgentArguments();
        var gateway = CommonOptions.Gateway();
        var state = CommonOptions.State();
        var command = new Command("chat", "Ask a model one question after the other. Chats are kept in the state directory, and can be gone on with.") { resume, list, gateway, state };
        agent.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            agent.CheckVia(parsed);
            var budget = agent.Budget(parsed);
            await using var store = await ChatStore.OpenAsync(StateDirectory.At(parsed.GetValue(state)), TimeProvider.System, cancellationToken);
            if (parsed.GetValue(list))
            {
                await ListAsync(store, screen, cancellationToken);
                return ExitCode.Ok;
            }

            var resumed = parsed.GetResult(resume) is { Implicit: false } ? await FindAsync(store, parsed.GetValue(resume), cancellationToken) : null;
            var choice = agent.Model(parsed, Remembered(resumed)) ?? throw new CommandFailedException(
                $"A chat needs a model: name one with --model or {AgentArguments.ModelVariable}, such as bedrock:<id>, anthropic:<id> or openai:<id>@<url>. Without one, centralops ask \"…\" finds the tool for a question.", ExitCode.Usage);
            using var model = OpenModel.Of(choice, ProcessEnvironment.Read, TimeProvider.System);
            try
            {
                await using var connection = await GatewayConnection.OpenAsync(parsed.GetValue(gateway), parsed.GetValue(state), cancellationToken);
                var chat = (resumed ?? store.New(choice.ToString())) with { Model = choice.ToString() };
                return await new ChatSession(model.Agent(new GatewayTools(connection), budget, TimeProvider.System), connection, store, screen).RunAsync(chat, cancellationToken);
            }
            catch (ToolsUnreachableException failed)
            {
                throw new CommandFailedException(failed.Message);
            }
        });
        return command;
    }

    // A chat goes on with the model that it was begun with, unless another is named.
    private static Func<string, string?> Remembered(Chat? resumed) => name =>
        resumed is not null && string.Equals(name, AgentArguments.ModelVariable, StringComparison.Ordinal) ? resumed.Model : ProcessEnvironment.Read(name);

    private static async Task<Chat> FindAsync(ChatStore store, string? id, CancellationToken cancellationToken)
    {
        var chats = await store.ListAsync(cancellationToken);
        return chats.FirstOrDefault(chat => id is null or Latest || string.Equals(chat.Id, id, StringComparison.Ordinal))
            ?? throw new CommandFailedException(id is null or Latest ? "There is no chat to go on with: 'centralops chat' begins one." : $"There is no chat '{PlainText.Line(id)}': 'centralops chat --list' shows those that are kept.");
    }

    private static async Task ListAsync(ChatStore store, Screen screen, CancellationToken cancellationToken)
    {
        var table = new Table([new("CHAT", Whole: true), new("LAST", 1), new("ANSWERS", 3), new("MODEL", 2), new("BEGAN WITH", 0)]);
        var chats = await store.ListAsync(cancellationToken);
        foreach (var chat in chats)
        {
            table.Add(chat.Id, chat.Last.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture), chat.Answers.ToString(CultureInfo.InvariantCulture), chat.Model, chat.Title);
        }

        if (chats.Count == 0)
        {
            screen.Say("No chat is kept here.");
            return;
        }

        table.Write(screen);
        screen.Say("Go on with one: centralops chat --resume CHAT");
    }
}
