using System.Text.Json;
using CentralOps.Agent.Models.Answers;
using CentralOps.Agent.Models.Http;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.OpenAI;

/// <summary>
/// The chunks of one streamed completion. Servers differ most in how they number calls: some give every call the number 0 (Ollama), some none at all
/// (Gemini's), so that a new id or, without ids, a new name begins a call as well.
/// </summary>
internal sealed class CompletionEvents(ModelSubject subject) : IEventReader
{
    private readonly List<string> _callIds = [];
    private readonly Dictionary<int, int> _byNumber = [];
    private bool _refuses;

    public IEnumerable<AnswerPiece> Read(JsonElement data)
    {
        if (data.Get("error").ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            throw HttpFailures.InAnswer(subject, data);
        }

        if (data.Text("id") is { Length: > 0 } id)
        {
            yield return new AnswerPiece.Begun(id);
        }

        // One answer is asked for; the chunk with the usage has none.
        foreach (var piece in data.Each("choices").Take(1).SelectMany(Choice))
        {
            yield return piece;
        }

        if (data.Get("usage").ValueKind == JsonValueKind.Object)
        {
            yield return CompletionWords.Usage(data.Get("usage"));
        }
    }

    private IEnumerable<AnswerPiece> Choice(JsonElement choice)
    {
        var delta = choice.Get("delta");
        if (CompletionWords.ThoughtOf(delta) is { Length: > 0 } thought)
        {
            yield return new AnswerPiece.Thought(CompletionWords.Thoughts, thought);
        }

        var words = CompletionWords.ContentOf(delta) + delta.Text("refusal");
        _refuses |= delta.Text("refusal").Length > 0;
        if (words.Length > 0)
        {
            yield return new AnswerPiece.BlockEnded(CompletionWords.Thoughts);
            yield return new AnswerPiece.Words(words);
        }

        foreach (var piece in delta.Each("tool_calls").SelectMany(Call))
        {
            yield return piece;
        }

        if (choice.Text("finish_reason") is { Length: > 0 } reason)
        {
            yield return _refuses ? new AnswerPiece.Ended(ChatFinishReason.ContentFilter, "refusal") : CompletionWords.End(reason);
        }
    }

    private IEnumerable<AnswerPiece> Call(JsonElement call)
    {
        var (id, name) = (call.Text("id"), call.Get("function").Text("name"));
        int? number = call.Get("index").ValueKind == JsonValueKind.Number ? call.Index("index") : null;
        var slot = SlotOf(number, id, name);
        if (slot < 0)
        {
            slot = _callIds.Count;
            _callIds.Add(id);
            if (number is { } given)
            {
                _byNumber[given] = slot;
            }

            yield return new AnswerPiece.BlockEnded(CompletionWords.Thoughts);
            yield return new AnswerPiece.CallBegun(slot, id, name);
        }

        if (CompletionAnswer.InputOf(call) is { Length: > 0 } input)
        {
            yield return new AnswerPiece.CallInput(slot, input);
        }
    }

    /// <summary>Which call goes on; -1 when a new one begins.</summary>
    private int SlotOf(int? number, string id, string name)
    {
        var last = _callIds.Count - 1;
        var slot = number is { } given ? _byNumber.GetValueOrDefault(given, -1) : id.Length == 0 && name.Length > 0 ? -1 : last;
        var isAnother = slot >= 0 && id.Length > 0 && !string.Equals(id, _callIds[slot], StringComparison.Ordinal);
        return isAnother ? -1 : slot;
    }
}
