using System.Text.Json;
using CentralOps.Agent.Models.Answers;
using CentralOps.Agent.Models.Http;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.OpenAI;

/// <summary>A whole completion, as pieces.</summary>
internal static class CompletionAnswer
{
    public static IEnumerable<AnswerPiece> Read(JsonElement answer, ModelSubject subject)
    {
        if (answer.Get("error").ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            throw HttpFailures.InAnswer(subject, answer);
        }

        yield return new AnswerPiece.Begun(answer.Text("id") is { Length: > 0 } id ? id : null);
        var choice = answer.Each("choices").FirstOrDefault();
        var message = choice.Get("message");
        yield return new AnswerPiece.Thought(CompletionWords.Thoughts, CompletionWords.ThoughtOf(message));
        yield return new AnswerPiece.BlockEnded(CompletionWords.Thoughts);
        yield return new AnswerPiece.Words(CompletionWords.ContentOf(message));
        yield return new AnswerPiece.Words(message.Text("refusal"));
        var at = 0;
        foreach (var call in message.Each("tool_calls"))
        {
            yield return new AnswerPiece.CallBegun(at, call.Text("id"), call.Get("function").Text("name"));
            yield return new AnswerPiece.CallInput(at, InputOf(call));
            yield return new AnswerPiece.BlockEnded(at++);
        }

        yield return CompletionWords.Usage(answer.Get("usage"));
        if (choice.Text("finish_reason") is { Length: > 0 } reason)
        {
            yield return message.Text("refusal").Length > 0 ? new AnswerPiece.Ended(ChatFinishReason.ContentFilter, "refusal") : CompletionWords.End(reason);
        }
    }

    // JSON in a text; some servers give it as it is.
    internal static string InputOf(JsonElement call) => call.Get("function").Get("arguments") is { ValueKind: JsonValueKind.Object } json
        ? json.GetRawText()
        : call.Get("function").Text("arguments");
}
