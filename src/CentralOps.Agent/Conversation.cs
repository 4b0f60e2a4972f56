using CentralOps.Agent.Context;
using CentralOps.Agent.Fencing;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent;

/// <summary>Questions and answers of one person, as a model is shown them. Not for two questions at once.</summary>
public sealed class Conversation
{
    private readonly List<ChatMessage> _messages;
    private readonly Dictionary<FunctionResultContent, Kept> _kept = [];

    /// <summary>A new one.</summary>
    public Conversation() => _messages = [];

    /// <summary>One that goes on.</summary>
    /// <param name="messages">As <see cref="Messages"/> had them; without the system's.</param>
    public Conversation(IEnumerable<ChatMessage> messages) => _messages = [.. messages];

    /// <summary>Without the system prompt, which is made anew for each question.</summary>
    public IReadOnlyList<ChatMessage> Messages => _messages;

    internal int Count => _messages.Count;

    /// <summary>Characters that go to the model.</summary>
    internal long Characters => _messages.Sum(static message => message.Contents.Sum(LengthOf));

    internal void Add(ChatMessage message) => _messages.Add(message);

    /// <summary>What may become a summary later is told with what it was made of.</summary>
    internal void Keep(FunctionResultContent result, string tool, string content, int turn) => _kept[result] = new Kept(tool, content, turn);

    /// <summary>Back to what it was: a question that was given up leaves nothing behind.</summary>
    internal void Back(int count)
    {
        Forget(_messages.Skip(count));
        _messages.RemoveRange(count, _messages.Count - count);
    }

    /// <summary>Makes room: old tool answers become summaries, the oldest questions of all leave.</summary>
    /// <param name="turn">The one that just ended.</param>
    internal void MakeRoom(int turn, Fence fence)
    {
        foreach (var (result, kept) in _kept.OrderBy(static entry => entry.Value.Turn).ToList())
        {
            if (_kept.Values.Sum(static answer => (long)answer.Content.Length) <= ContextLimits.AllAnswers || kept.Turn > turn - ContextLimits.TurnsKept)
            {
                break;
            }

            result.Result = fence.Around(kept.Tool, AnswerShape.Summarize(kept.Content));
            _kept.Remove(result);
        }
    }

    /// <summary>The question ended: the next one's turns are counted anew, and what this one read is old.</summary>
    internal void EndQuestion(Fence fence)
    {
        foreach (var (result, kept) in _kept.ToList())
        {
            _kept[result] = kept with { Turn = 0 };
        }

        MakeRoom(ContextLimits.TurnsKept, fence);

        // A question goes with its answer: what is left begins with somebody's question.
        while (Characters > ContextLimits.Conversation && _messages.FindIndex(1, static message => message.Role == ChatRole.User) is > 0 and var next)
        {
            Forget(_messages.Take(next));
            _messages.RemoveRange(0, next);
        }
    }

    private void Forget(IEnumerable<ChatMessage> messages)
    {
        foreach (var result in messages.SelectMany(static message => message.Contents.OfType<FunctionResultContent>()))
        {
            _kept.Remove(result);
        }
    }

    private static long LengthOf(AIContent content) => content switch
    {
        TextContent text => text.Text.Length,
        FunctionResultContent { Result: string result } => result.Length,
        FunctionCallContent call => call.Name.Length + (call.Arguments?.Sum(static argument => argument.Key.Length + (argument.Value?.ToString()?.Length ?? 4)) ?? 0),
        TextReasoningContent thought => thought.Text.Length,
        _ => 0,
    };

    private sealed record Kept(string Tool, string Content, int Turn);
}
