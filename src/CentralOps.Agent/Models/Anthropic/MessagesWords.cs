using System.Text.Json;
using CentralOps.Agent.Models.Answers;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.Anthropic;

/// <summary>What whole and streamed answers say in the same words.</summary>
internal static class MessagesWords
{
    public static AnswerPiece.Ended End(string word) => new(
        word switch
        {
            "end_turn" or "stop_sequence" or "pause_turn" => ChatFinishReason.Stop,
            "tool_use" => ChatFinishReason.ToolCalls,
            "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
            "refusal" => ChatFinishReason.ContentFilter,
            { Length: > 0 } => new ChatFinishReason(word),
            _ => ChatFinishReason.Stop,
        },
        word);

    /// <summary>The blocks that stand in an answer, whole or as they begin.</summary>
    public static IEnumerable<AnswerPiece> Begin(JsonElement block, int at)
    {
        switch (block.Text("type"))
        {
            case "text":
                yield return new AnswerPiece.Words(block.Text("text"));
                break;
            case "thinking":
                yield return new AnswerPiece.Thought(at, block.Text("thinking"));
                yield return new AnswerPiece.Seal(at, block.Text("signature"));
                break;
            case "redacted_thinking":
                yield return new AnswerPiece.Seal(at, block.Text("data"));
                break;
            case "tool_use":
                yield return new AnswerPiece.CallBegun(at, block.Text("id"), block.Text("name"));
                break;
            default:
                break;
        }
    }

    public static AnswerPiece.Used Usage(long input, long output, long cacheRead, long cacheWritten) =>
        CountedUsage.Of(input + cacheRead + cacheWritten, output, cacheRead, cacheWritten);
}
