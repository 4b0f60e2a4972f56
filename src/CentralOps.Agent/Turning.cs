using CentralOps.Agent.Budgets;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent;

/// <summary>Turn after turn, until there is an answer.</summary>
internal sealed class Turning(ModelTurns turns, ToolCalls toolCalls, Conversation conversation, Spending spending, AgentSettings settings, CancellationToken timeUp)
{
    /// <param name="cancellationToken">Whoever asked gives up, or time is up.</param>
    public async Task<(string Text, AnswerEnd End)> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // 1. Tokens or time that are used up leave nothing to ask the model with.
            if (spending.Spent is { } spent)
            {
                return Ended("", Of(spent));
            }

            // 2. The model.
            var turn = await turns.AskAsync(closing: null, timeUp, cancellationToken);
            if (turn.End is { } broken)
            {
                return Ended(turn.Text, broken);
            }

            if (turn.Calls.Count == 0)
            {
                return (turn.Text, turn.Finish);
            }

            // 3. What it asked for, side by side.
            var results = await toolCalls.RunAsync(turn.Calls, conversation, cancellationToken);
            conversation.Add(new ChatMessage(ChatRole.Tool, results));
            conversation.MakeRoom(spending.Turns, settings.Fence);

            // 4. Turns or calls that are used up leave it one turn to say what it has.
            if (toolCalls.WereRefused || spending.TurnsAreSpent)
            {
                return await CloseAsync(toolCalls.WereRefused ? BudgetKind.Calls : BudgetKind.Turns, cancellationToken);
            }
        }
    }

    private async Task<(string Text, AnswerEnd End)> CloseAsync(BudgetKind kind, CancellationToken cancellationToken)
    {
        if (spending.Spent is { } spent)
        {
            return Ended("", Of(spent));
        }

        var last = await turns.AskAsync(Closing(kind), timeUp, cancellationToken);
        return last.Calls.Count > 0 || last.End is not null ? Ended(last.Text, last.End ?? Of(kind)) : (last.Text, Of(kind));
    }

    private string Closing(BudgetKind kind) =>
        $"[From the program that runs you, not from the user: the budget of {settings.Budget.Words(kind)} for this question is used up, and no more tools can be called. Answer now from what you have, and say what is missing.]";

    // A chat goes on behind an answer: one that never came is told there too.
    private (string Text, AnswerEnd End) Ended(string text, AnswerEnd end)
    {
        conversation.Add(new ChatMessage(ChatRole.Assistant, text.Length > 0 ? text : $"(No answer: {end.Sentence})"));
        return (text, end);
    }

    private AnswerEnd.BudgetSpent Of(BudgetKind kind) => new(kind, settings.Budget.Words(kind));
}
