using System.Text.Json;

namespace CentralOps.Sandbox.Bedrock;

/// <summary>What is the same in a turn's whole and streamed answer.</summary>
internal static class TurnText
{
    private const int CharactersAToken = 4;

    public static string StopReasonOf(ModelTurn turn) =>
        turn.StopReason ?? (turn.Blocks.Any(block => block is ModelBlock.ToolUse) ? "tool_use" : "end_turn");

    /// <summary>The ids of the tool uses: those that were given, and made ones, which differ from request to request.</summary>
    public static string IdOf(ModelBlock.ToolUse use, string requestId, int index) => use.Id ?? $"tooluse_{requestId.Replace("-", "", StringComparison.Ordinal)[..20]}{index}";

    public static ModelUsage UsageOf(ModelTurn turn, ModelRequest request) => turn.Usage ?? new ModelUsage(
        Tokens(request.Input.GetRawText().Length),
        Tokens(turn.Blocks.Sum(block => block switch
        {
            ModelBlock.Text text => text.Words.Length,
            ModelBlock.ToolUse use => use.Name.Length + use.Input.Length,
            ModelBlock.Reasoning reasoning => reasoning.Words.Length,
            _ => 0,
        })));

    public static void WriteUsage(Utf8JsonWriter json, ModelUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("inputTokens", usage.InputTokens);
        json.WriteNumber("outputTokens", usage.OutputTokens);
        json.WriteNumber("totalTokens", usage.InputTokens + usage.OutputTokens + usage.CacheReadInputTokens + usage.CacheWriteInputTokens);
        json.WriteNumber("cacheReadInputTokens", usage.CacheReadInputTokens);
        json.WriteNumber("cacheWriteInputTokens", usage.CacheWriteInputTokens);
        json.WriteEndObject();
    }

    /// <summary>Pieces of a text as a model gives them; never half of a character.</summary>
    public static IEnumerable<string> Pieces(string text, int size)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = Math.Min(at + size, text.Length);
            end += end < text.Length && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
            yield return text[at..end];
            at = end;
        }
    }

    private static int Tokens(int characters) => Math.Max(1, characters / CharactersAToken);
}
