using System.Text;
using CentralOps.Agent.Budgets;
using CentralOps.Agent.Models;
using CentralOps.Agent.Toolbox;
using CentralOps.Text.Shaping;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent;

/// <summary>Asks the model, turn by turn.</summary>
internal sealed class ModelTurns(
    IChatClient model, ToolShelf shelf, Conversation conversation, Spending spending, AgentSettings settings, IProgress<AgentEvent> progress, string systemPrompt)
{
    private const int MostMessage = 500;

    /// <param name="closing">Said to the model and not kept; no tool may be asked for then. Null: an ordinary turn.</param>
    /// <param name="timeUp">Told apart from a person who gives up: what was written until then is the answer.</param>
    public async Task<ModelReply> AskAsync(string? closing, CancellationToken timeUp, CancellationToken cancellationToken)
    {
        var options = new ChatOptions
        {
            Instructions = systemPrompt,
            Tools = shelf.Declarations(),
            ToolMode = closing is null ? ChatToolMode.Auto : ChatToolMode.None,
            AllowMultipleToolCalls = true,
            MaxOutputTokens = (int)Math.Clamp(spending.TokensLeft, 1, settings.AnswerTokens),
        };
        IEnumerable<ChatMessage> messages = closing is null ? conversation.Messages : [.. conversation.Messages, new ChatMessage(ChatRole.User, closing)];
        var read = conversation.Characters + systemPrompt.Length;
        var (updates, written) = (new List<ChatResponseUpdate>(), new StringBuilder());
        AnswerEnd? end = null;
        try
        {
            await foreach (var update in model.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                updates.Add(update);
                if (update.Text is { Length: > 0 } text)
                {
                    written.Append(text);
                    progress.Report(new AgentEvent.Words(text));
                }
            }
        }
        catch (OperationCanceledException) when (timeUp.IsCancellationRequested)
        {
            end = new AnswerEnd.BudgetSpent(BudgetKind.Time, settings.Budget.Words(BudgetKind.Time));
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            end = Failed(failure);
        }

        var response = updates.ToChatResponse();
        spending.AddTurn(response.Usage, read, written.Length);
        return end is not null ? new ModelReply(written.ToString(), [], end, end) : Whole(response, closing is not null);
    }

    private ModelReply Whole(ChatResponse response, bool isClosing)
    {
        var calls = response.Messages.SelectMany(static message => message.Contents.OfType<FunctionCallContent>()).Where(static call => !call.InformationalOnly).ToList();
        if (isClosing && calls.Count > 0)
        {
            // It was told that there are no more: what it said beside is kept, the calls are not, since nothing will answer them.
            return new ModelReply(response.Text, calls, null, Finish(response));
        }

        foreach (var message in response.Messages)
        {
            conversation.Add(message);
        }

        if (calls.Count > 0 && response.Text.Length > 0)
        {
            progress.Report(new AgentEvent.WordsWereAside());
        }

        return new ModelReply(response.Text, calls, null, Finish(response));
    }

    private static AnswerEnd Finish(ChatResponse response) =>
        response.FinishReason == ChatFinishReason.Length ? new AnswerEnd.CutShort()
        : response.FinishReason == ChatFinishReason.ContentFilter ? new AnswerEnd.Withheld()
        : new AnswerEnd.Complete();

    private static AnswerEnd.ModelFailed Failed(Exception failure) => failure is ModelException told
        ? new(ForeignText.Line(told.Message, MostMessage), told.Remedy)
        : new(ForeignText.Line(failure.Message, MostMessage), "Ask again, or choose another model.");
}

/// <summary>What a model answered in one turn.</summary>
/// <param name="Calls">Tools that it asks for; none: it is done.</param>
/// <param name="End">It broke off; null where it did not.</param>
/// <param name="Finish">How it ended, if this is the answer.</param>
internal sealed record ModelReply(string Text, IReadOnlyList<FunctionCallContent> Calls, AnswerEnd? End, AnswerEnd Finish);
