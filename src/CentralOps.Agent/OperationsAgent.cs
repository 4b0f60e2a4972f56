using CentralOps.Agent.Budgets;
using CentralOps.Agent.Prompts;
using CentralOps.Agent.Toolbox;
using CentralOps.Agent.Tracing;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent;

/// <summary>Answers questions by letting a model ask tools. Safe for any number of conversations at once.</summary>
public sealed class OperationsAgent(IChatClient model, IAgentTools tools, AgentSettings settings)
{
    /// <summary>Answers one question within the budget.</summary>
    /// <param name="conversation">What was said before; the question and its answer are added.</param>
    /// <param name="question">As the person asked it.</param>
    /// <param name="progress">What happens meanwhile; called one at a time.</param>
    /// <returns>An answer always, whole or not: its <see cref="AgentAnswer.End"/> says which.</returns>
    /// <exception cref="ToolsUnreachableException">There are no tools to begin with.</exception>
    /// <exception cref="OperationCanceledException">The conversation is as it was before.</exception>
    public async Task<AgentAnswer> AskAsync(Conversation conversation, string question, IProgress<AgentEvent> progress, CancellationToken cancellationToken)
    {
        var time = settings.Time;
        var (before, startedAt) = (conversation.Count, time.GetUtcNow());
        var spending = new Spending(settings.Budget, time);
        var calls = new CallLog(progress);

        // Time that is used up ends the question; whoever cancels ends it too, and both are told apart.
        using var timeUp = new CancellationTokenSource(settings.Budget.Time, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            // 1. The question, and the tools that its words find.
            conversation.Add(new ChatMessage(ChatRole.User, question));
            var shelf = new ToolShelf(tools);
            await shelf.OpenAsync(question, either.Token);
            var turns = new ModelTurns(model, shelf, conversation, spending, settings, progress, SystemPrompt.Text(startedAt));
            var toolCalls = new ToolCalls(tools, shelf, spending, settings, calls);

            // 2. Turns, until the model asks for nothing more or something is used up.
            var (text, end) = await new Turning(turns, toolCalls, conversation, spending, settings, timeUp.Token).RunAsync(either.Token);

            // 3. The answer, with what it rests on.
            conversation.EndQuestion(settings.Fence);
            return Answer(text, end);
        }
        catch (OperationCanceledException) when (timeUp.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            conversation.Back(before);
            return Answer("", new AnswerEnd.BudgetSpent(BudgetKind.Time, settings.Budget.Words(BudgetKind.Time)));
        }
        catch
        {
            conversation.Back(before);
            throw;
        }

        AgentAnswer Answer(string text, AnswerEnd end)
        {
            var made = calls.All;
            return new AgentAnswer(
                text, end,
                new Trace(question, SystemPrompt.Version, startedAt, spending.Elapsed, spending.Turns, spending.InputTokens, spending.OutputTokens, made),
                Coverage.Of(made));
        }
    }
}
