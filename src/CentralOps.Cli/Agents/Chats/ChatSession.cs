using System.Text.Json;
using CentralOps.Agent;
using CentralOps.Agent.Toolbox;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Agents.Chats;

/// <summary>One chat at a terminal, or with lines that are piped in.</summary>
internal sealed class ChatSession(OperationsAgent agent, GatewayConnection connection, ChatStore store, Screen screen)
{
    private const int MostChars = 8000;
    private const string Help = "/accounts  the organization    /tools  what can be asked    /trace  the calls behind the last answer    /help  this    /exit  the end (or Ctrl-D)";

    private AgentAnswer? _last;

    /// <returns>The exit code of the last question; 0 where there was none.</returns>
    public async Task<int> RunAsync(Chat chat, CancellationToken cancellationToken)
    {
        var conversation = ConversationText.TryRead(chat.Messages) ?? throw new CommandFailedException($"The chat {chat.Id} is not what this version keeps: begin another with 'centralops chat'.");
        screen.Say(chat.Answers > 0 ? $"Going on with chat {chat.Id}: {chat.Title}" : $"Chat {chat.Id} with {chat.Model}. It can only read. {Help}");
        var code = ExitCode.Ok;
        try
        {
            while (await ReadAsync(cancellationToken) is { } line)
            {
                if (line.Trim() is "/exit" or "/quit")
                {
                    return code;
                }

                try
                {
                    (chat, code) = await AnswerAsync(chat, conversation, line.Trim(), code, cancellationToken);
                }
                catch (Exception failed) when (failed is CommandFailedException or ToolsUnreachableException)
                {
                    // What failed for one line may succeed for the next.
                    screen.Say(failed.Message);
                    code = ExitCode.Refused;
                }
            }

            return code;
        }
        finally
        {
            if (chat.Answers > 0)
            {
                screen.SayUnbroken($"Go on with it: centralops chat --resume {chat.Id}");
            }
        }
    }

    private async Task<(Chat Chat, int Code)> AnswerAsync(Chat chat, Conversation conversation, string line, int code, CancellationToken cancellationToken)
    {
        switch (line)
        {
            case "":
                return (chat, code);
            case ['/', ..]:
                await RunCommandAsync(line, cancellationToken);
                return (chat, code);
            case { Length: > MostChars }:
                screen.Say($"A question has at most {MostChars} characters: shorten it.");
                return (chat, ExitCode.Usage);
            default:
                return await AskAsync(chat, conversation, line, cancellationToken);
        }
    }

    private async Task<(Chat Chat, int Code)> AskAsync(Chat chat, Conversation conversation, string question, CancellationToken cancellationToken)
    {
        var live = new LiveView(screen, shows: true);
        var answer = await agent.AskAsync(conversation, question, live, cancellationToken);
        live.End();
        AgentAnswerView.Write(answer, live.ShowsWords, screen);
        _last = answer;
        var kept = await store.SaveAsync(chat, question, ConversationText.Write(conversation), AgentAnswerJson.Of(answer, chat.Model).GetRawText(), cancellationToken);
        return (kept, AgentAnswerView.CodeOf(answer));
    }

    private async Task RunCommandAsync(string command, CancellationToken cancellationToken)
    {
        switch (command)
        {
            case "/accounts":
                var accounts = new List<JsonElement>();
                if (await AccountsCommand.ReadAsync(connection, check: false, accounts, cancellationToken) is { } refusal)
                {
                    AnswerView.ShowRefusal(refusal, screen);
                    return;
                }

                AccountTree.Write(accounts, screen);
                break;
            case "/tools":
                ToolList.Write(await connection.ListToolsAsync(cancellationToken), screen);
                break;
            case "/trace" when _last is not null:
                AgentAnswerView.WriteTrace(_last, screen);
                break;
            case "/trace":
                screen.Say("Nothing has been asked yet.");
                break;
            case "/help":
                screen.Say(Help);
                break;
            default:
                screen.Say($"There is no {PlainText.Line(command)}. {Help}");
                break;
        }
    }

    private Task<string?> ReadAsync(CancellationToken cancellationToken) => screen.Answers is null
        ? Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken)
        : screen.AskAsync("> ", cancellationToken);
}
