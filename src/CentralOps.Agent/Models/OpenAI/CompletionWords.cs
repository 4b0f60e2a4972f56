using System.Text;
using System.Text.Json;
using CentralOps.Agent.Models.Answers;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.OpenAI;

/// <summary>What whole and streamed answers say in the same words.</summary>
internal static class CompletionWords
{
    /// <summary>The number of the block in which thoughts stand, before all calls.</summary>
    public const int Thoughts = -1;

    public static AnswerPiece.Ended End(string word) => new(
        word switch
        {
            "stop" => ChatFinishReason.Stop,
            "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
            "length" => ChatFinishReason.Length,
            "content_filter" => ChatFinishReason.ContentFilter,
            _ => new ChatFinishReason(word),
        },
        word);

    /// <summary>Thoughts as servers of open models give them; OpenAI keeps its own.</summary>
    public static string ThoughtOf(JsonElement message) =>
        message.Text("reasoning_content") is { Length: > 0 } thought ? thought : message.Text("reasoning");

    /// <summary>A text, or a list of parts of which some are text.</summary>
    public static string ContentOf(JsonElement message)
    {
        if (message.Get("content").ValueKind != JsonValueKind.Array)
        {
            return message.Text("content");
        }

        var text = new StringBuilder();
        foreach (var part in message.Each("content"))
        {
            text.Append(part.Text("text"));
        }

        return text.ToString();
    }

    public static AnswerPiece.Used Usage(JsonElement usage)
    {
        var (input, output) = (usage.Number("prompt_tokens"), usage.Number("completion_tokens"));
        return new AnswerPiece.Used(new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = Math.Max(usage.Number("total_tokens"), input + output),
            CachedInputTokenCount = usage.Get("prompt_tokens_details").Number("cached_tokens"),
            ReasoningTokenCount = usage.Get("completion_tokens_details").Number("reasoning_tokens"),
        });
    }
}
