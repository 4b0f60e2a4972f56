using System.Globalization;
using System.Text;
using CentralOps.Agent.Models.Conversation;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.Answers;

/// <summary>
/// Makes a chat's updates from the pieces of one answer: text as it comes, thoughts and calls whole. Bounded: what is larger ends the answer.
/// </summary>
internal sealed class AnswerAssembly(ModelSubject subject, string thinker, ToolSet tools, ModelLimits limits, DateTimeOffset begunAt)
{
    private readonly SortedDictionary<int, OpenBlock> _open = [];
    private readonly HashSet<string> _callIds = new(StringComparer.Ordinal);
    private string? _id;
    private UsageDetails? _usage;
    private AnswerPiece.Ended? _end;
    private long _characters;
    private int _calls;

    /// <summary>Something of the answer has been handed on, so that it cannot begin anew.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The provider has said why the answer ended; what may still come is what it cost.</summary>
    public bool IsOver => _end is not null;

    /// <summary>What the piece makes known; null where that is nothing yet.</summary>
    /// <exception cref="ModelException">The answer is larger than what is read.</exception>
    public ChatResponseUpdate? Add(AnswerPiece piece)
    {
        // A piece that says nothing costs a character, so that there is an end to those too.
        Count(1);
        switch (piece)
        {
            case AnswerPiece.Begun begun:
                _id = begun.Id ?? _id;
                return null;
            case AnswerPiece.Words words:
                Count(words.Text.Length);
                return words.Text.Length == 0 ? null : Update(new TextContent(words.Text));
            case AnswerPiece.Thought thought:
                Count(thought.Text.Length);
                Block(thought.Block).Text.Append(thought.Text);
                return null;
            case AnswerPiece.Seal seal:
                Count(seal.Data.Length);
                Block(seal.Block).Seal += seal.Data;
                return null;
            case AnswerPiece.CallBegun call:
                Begin(call);
                return null;
            case AnswerPiece.CallInput input:
                Count(input.Fragment.Length);
                Block(input.Block).Text.Append(input.Fragment);
                return null;
            case AnswerPiece.BlockEnded ended:
                return _open.Remove(ended.Block, out var block) ? Close(block) : null;
            case AnswerPiece.Used used:
                _usage = used.Usage;
                return null;
            default:
                _end = (AnswerPiece.Ended)piece;
                return null;
        }
    }

    /// <summary>What is left when no more pieces come.</summary>
    /// <exception cref="ModelException">The answer was not over.</exception>
    public IReadOnlyList<ChatResponseUpdate> Finish()
    {
        if (_end is null)
        {
            throw ModelWords.Of(ModelProblem.Broken, subject, "the connection ended before the answer did");
        }

        var last = new List<ChatResponseUpdate>();
        foreach (var block in _open.Values)
        {
            if (Close(block) is { } closed)
            {
                last.Add(closed);
            }
        }

        var end = Update(_usage is null ? [] : [new UsageContent(_usage)]);
        // Some servers say "stop" though they call.
        end.FinishReason = _calls > 0 && _end.Reason == ChatFinishReason.Stop ? ChatFinishReason.ToolCalls : _end.Reason;
        end.AdditionalProperties = new AdditionalPropertiesDictionary { ["stop_reason"] = Text.Shaping.ForeignText.Line(_end.Word, 64) };
        last.Add(end);
        return last;
    }

    private void Begin(AnswerPiece.CallBegun call)
    {
        Count(call.Name.Length + call.Id.Length);
        if (++_calls > limits.ToolCalls)
        {
            throw ModelWords.Of(ModelProblem.TooLarge, subject, string.Create(CultureInfo.InvariantCulture, $"more than {limits.ToolCalls} tool calls in one answer"));
        }

        var block = Block(call.Block);
        var id = call.Id;
        for (var number = _calls; id.Length == 0 || !_callIds.Add(id); number++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"call_{number}");
        }

        (block.CallId, block.Name) = (id, tools.OwnName(call.Name));
    }

    private OpenBlock Block(int index)
    {
        if (!_open.TryGetValue(index, out var block))
        {
            _open[index] = block = new OpenBlock();
        }

        return block;
    }

    private ChatResponseUpdate? Close(OpenBlock block)
    {
        if (block.CallId is { } id)
        {
            var input = CallInput.TryRead(block.Text.ToString());
            return Update(new FunctionCallContent(id, block.Name, input ?? [])
            {
                Exception = input is null ? new FormatException("The input that the model wrote for this tool is not a JSON object.") : null,
            });
        }

        return block.Text.Length + block.Seal.Length == 0 ? null : Update(new TextReasoningContent(block.Text.ToString())
        {
            ProtectedData = block.Seal.Length > 0 ? block.Seal : null,
            AdditionalProperties = new AdditionalPropertiesDictionary { [TurnList.ThinkerProperty] = thinker },
        });
    }

    private ChatResponseUpdate Update(params IList<AIContent> contents)
    {
        HasBegun = true;
        return new ChatResponseUpdate(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id, ModelId = subject.Model, CreatedAt = begunAt };
    }

    private void Count(int characters)
    {
        _characters += characters;
        if (_characters > limits.AnswerCharacters)
        {
            throw ModelWords.Of(ModelProblem.TooLarge, subject, string.Create(CultureInfo.InvariantCulture, $"more than {limits.AnswerCharacters} characters in one answer"));
        }
    }

    private sealed class OpenBlock
    {
        public StringBuilder Text { get; } = new();

        public string Seal { get; set; } = "";

        public string? CallId { get; set; }

        public string Name { get; set; } = "";
    }
}
