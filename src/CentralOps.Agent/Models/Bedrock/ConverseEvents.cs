using System.Text.Json;
using CentralOps.Agent.Models.Answers;

namespace CentralOps.Agent.Models.Bedrock;

/// <summary>One event of ConverseStream, as pieces. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html</summary>
internal static class ConverseEvents
{
    public static IEnumerable<AnswerPiece> Read(string name, JsonElement root)
    {
        var data = root.Get(name);
        var at = data.Index("contentBlockIndex");
        switch (name)
        {
            case "contentBlockStart" when data.Get("start").Get("toolUse") is { ValueKind: JsonValueKind.Object } use:
                yield return new AnswerPiece.CallBegun(at, use.Text("toolUseId"), use.Text("name"));
                break;
            case "contentBlockDelta":
                foreach (var piece in ReadDelta(data.Get("delta"), at))
                {
                    yield return piece;
                }

                break;
            case "contentBlockStop":
                yield return new AnswerPiece.BlockEnded(at);
                break;
            case "messageStop":
                yield return ConverseWords.End(data.Text("stopReason"));
                break;
            case "metadata":
                yield return ConverseWords.Usage(data.Get("usage"));
                break;
            default:
                break;
        }
    }

    private static IEnumerable<AnswerPiece> ReadDelta(JsonElement delta, int at)
    {
        if (delta.Get("text").ValueKind == JsonValueKind.String)
        {
            yield return new AnswerPiece.Words(delta.Text("text"));
        }
        else if (delta.Get("toolUse") is { ValueKind: JsonValueKind.Object } use)
        {
            yield return new AnswerPiece.CallInput(at, use.Text("input"));
        }
        else if (delta.Get("reasoningContent") is { ValueKind: JsonValueKind.Object } reasoning)
        {
            yield return new AnswerPiece.Thought(at, reasoning.Text("text"));
            yield return new AnswerPiece.Seal(at, reasoning.Text("signature") + reasoning.Text("redactedContent"));
        }
    }
}
