using System.Text.Json;
using CentralOps.Agent.Models.Answers;

namespace CentralOps.Agent.Models.Bedrock;

/// <summary>Converse's whole answer, as pieces.</summary>
internal static class ConverseAnswer
{
    public static IEnumerable<AnswerPiece> Read(JsonElement answer, string? requestId)
    {
        yield return new AnswerPiece.Begun(requestId);
        var at = 0;
        foreach (var block in answer.Get("output").Get("message").Each("content"))
        {
            foreach (var piece in ReadBlock(block, at))
            {
                yield return piece;
            }

            yield return new AnswerPiece.BlockEnded(at++);
        }

        yield return ConverseWords.Usage(answer.Get("usage"));
        if (answer.Text("stopReason") is { Length: > 0 } reason)
        {
            yield return ConverseWords.End(reason);
        }
    }

    private static IEnumerable<AnswerPiece> ReadBlock(JsonElement block, int at)
    {
        if (block.Get("text").ValueKind == JsonValueKind.String)
        {
            yield return new AnswerPiece.Words(block.Text("text"));
        }
        else if (block.Get("toolUse") is { ValueKind: JsonValueKind.Object } use)
        {
            yield return new AnswerPiece.CallBegun(at, use.Text("toolUseId"), use.Text("name"));
            yield return new AnswerPiece.CallInput(at, use.Get("input").ValueKind == JsonValueKind.Undefined ? "" : use.Get("input").GetRawText());
        }
        else if (block.Get("reasoningContent") is { ValueKind: JsonValueKind.Object } reasoning)
        {
            yield return new AnswerPiece.Thought(at, reasoning.Get("reasoningText").Text("text"));
            yield return new AnswerPiece.Seal(at, reasoning.Get("reasoningText").Text("signature") + reasoning.Text("redactedContent"));
        }
    }
}
