using System.Text.Json;
using CentralOps.Agent.Models.Answers;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.Bedrock;

/// <summary>What Converse's whole and streamed answers say in the same words: why they ended, and what they cost.</summary>
internal static class ConverseWords
{
    public static AnswerPiece.Ended End(string word) => new(
        word switch
        {
            "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
            "tool_use" => ChatFinishReason.ToolCalls,
            "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
            "guardrail_intervened" or "content_filtered" => ChatFinishReason.ContentFilter,
            { Length: > 0 } => new ChatFinishReason(word),
            _ => ChatFinishReason.Stop,
        },
        word);

    /// <summary>Bedrock counts what came from the cache beside the input; a chat's usage has it inside.</summary>
    public static AnswerPiece.Used Usage(JsonElement usage)
    {
        var (read, written) = (usage.Number("cacheReadInputTokens"), usage.Number("cacheWriteInputTokens"));
        var (input, output) = (usage.Number("inputTokens") + read + written, usage.Number("outputTokens"));
        return CountedUsage.Of(input, output, read, written);
    }
}
