using System.Text.Json;
using CentralOps.Agent.Models.Answers;
using CentralOps.Agent.Models.Http;

namespace CentralOps.Agent.Models.Anthropic;

/// <summary>A whole message, as pieces.</summary>
internal static class MessagesAnswer
{
    public static IEnumerable<AnswerPiece> Read(JsonElement answer, ModelSubject subject)
    {
        if (answer.Text("type") is "error")
        {
            throw HttpFailures.InAnswer(subject, answer);
        }

        yield return new AnswerPiece.Begun(answer.Text("id") is { Length: > 0 } id ? id : null);
        var at = 0;
        foreach (var block in answer.Each("content"))
        {
            foreach (var piece in MessagesWords.Begin(block, at))
            {
                yield return piece;
            }

            if (block.Text("type") is "tool_use" && block.Get("input") is { ValueKind: not JsonValueKind.Undefined } input)
            {
                yield return new AnswerPiece.CallInput(at, input.GetRawText());
            }

            yield return new AnswerPiece.BlockEnded(at++);
        }

        var usage = answer.Get("usage");
        yield return MessagesWords.Usage(
            usage.Number("input_tokens"), usage.Number("output_tokens"), usage.Number("cache_read_input_tokens"), usage.Number("cache_creation_input_tokens"));
        if (answer.Text("stop_reason") is { Length: > 0 } reason)
        {
            yield return MessagesWords.End(reason);
        }
    }
}
