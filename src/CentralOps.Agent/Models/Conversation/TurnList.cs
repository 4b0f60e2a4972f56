using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.Conversation;

/// <summary>Contents brought together into turns, in the order that they came.</summary>
internal sealed class TurnList
{
    /// <summary>Where a reader of a reasoning content finds whose it is.</summary>
    public const string ThinkerProperty = "thinker";

    private readonly List<(bool IsModels, List<Block> Blocks)> _turns = [];

    public void Add(AIContent content, bool isModels, string thinker)
    {
        switch (content)
        {
            case TextReasoningContent { ProtectedData.Length: > 0 } thought when isModels && IsOf(thought, thinker):
                Last(isModels: true).Add(new Block.Thought(thought.Text, thought.ProtectedData));
                break;
            // Providers refuse blank text.
            case TextContent text when !string.IsNullOrWhiteSpace(text.Text):
                Last(isModels).Add(new Block.Words(text.Text));
                break;
            case FunctionCallContent call when isModels:
                Last(isModels: true).Add(new Block.Call(call.CallId, ToolNames.Fit(call.Name), CallInput.Write(call.Arguments)));
                break;
            // A result is the user's side's, whoever's message it stands in.
            case FunctionResultContent result:
                Last(isModels: false).Add(new Block.Result(result.CallId, ResultText.Of(result), result.Exception is not null));
                break;
            case TextContent or TextReasoningContent or UsageContent or ErrorContent or FunctionCallContent:
                break;
            default:
                throw new ArgumentException($"A content of the kind {content.GetType().Name} is nothing that is sent to a model here. Give text, calls of tools and their results.", nameof(content));
        }
    }

    /// <summary>The turns; none where nothing was said.</summary>
    public List<Turn> ToTurns()
    {
        var turns = _turns.Select(static turn => new Turn(turn.IsModels, [.. turn.Blocks.OrderBy(static block => Place(block))])).ToList();
        if (turns is [{ IsModels: true }, ..])
        {
            turns.Insert(0, new Turn(IsModels: false, [new Block.Words("(The beginning of this conversation is left out.)")]));
        }

        return turns;
    }

    private static int Place(Block block) => block switch
    {
        Block.Thought => 0,
        Block.Result => 1,
        Block.Words => 2,
        _ => 3,
    };

    private static bool IsOf(TextReasoningContent thought, string thinker) =>
        thought.AdditionalProperties?.TryGetValue(ThinkerProperty, out var whose) == true && whose is string name && string.Equals(name, thinker, StringComparison.Ordinal);

    private List<Block> Last(bool isModels)
    {
        if (_turns.Count == 0 || _turns[^1].IsModels != isModels)
        {
            _turns.Add((isModels, []));
        }

        return _turns[^1].Blocks;
    }
}
