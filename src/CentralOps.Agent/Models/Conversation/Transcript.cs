using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.Conversation;

/// <summary>
/// A conversation as every provider takes it: sides alternate and the user begins, every call has its result in the next turn and every result its
/// call. A conversation that was broken off, cut or written by another model would else be refused for ever.
/// </summary>
/// <param name="System">Empty where there is none.</param>
internal sealed record Transcript(string System, IReadOnlyList<Turn> Turns)
{
    public bool HasCalls => Turns.Any(static turn => turn.Blocks.Any(static block => block is Block.Call or Block.Result));

    /// <param name="messages">The conversation.</param>
    /// <param name="options">Its instructions stand before the system messages.</param>
    /// <param name="thinker">Whose thoughts go back: those of another model mean nothing to this one.</param>
    /// <exception cref="ArgumentException">There is nothing to answer, or something that is no text and no tool's business.</exception>
    public static Transcript Of(IEnumerable<ChatMessage> messages, ChatOptions? options, string thinker)
    {
        var system = new List<string>();
        if (!string.IsNullOrWhiteSpace(options?.Instructions))
        {
            system.Add(options.Instructions);
        }

        var turns = new TurnList();
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
            {
                system.Add(message.Text);
                continue;
            }

            foreach (var content in message.Contents)
            {
                turns.Add(content, isModels: message.Role == ChatRole.Assistant, thinker);
            }
        }

        var joined = string.Join("\n\n", system.Where(static text => !string.IsNullOrWhiteSpace(text)));
        var mended = CallPairs.Mend(turns.ToTurns());
        return mended.Count > 0
            ? new Transcript(joined, mended)
            : throw new ArgumentException("There is nothing to answer: the conversation has no text. Ask a question.", nameof(messages));
    }

    /// <summary>The same with calls and results as words, for a model that is given no tools: providers refuse the ones without the others.</summary>
    public Transcript InWords() => this with
    {
        Turns = [.. Turns.Select(static turn => turn with { Blocks = [.. turn.Blocks.Where(static block => block is not Block.Thought).Select(InWords)] })],
    };

    private static Block InWords(Block block) => block switch
    {
        Block.Call call => new Block.Words($"[The tool {call.Name} was called with {Raw(call.Input)}]"),
        Block.Result result => new Block.Words($"[{(result.IsError ? "The tool's error" : "The tool's answer")}]\n{result.Text}"),
        _ => block,
    };

    private static string Raw(JsonElement json) => json.GetRawText();
}
