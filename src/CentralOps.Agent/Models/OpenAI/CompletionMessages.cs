using System.Text.Json;
using CentralOps.Agent.Models.Conversation;

namespace CentralOps.Agent.Models.OpenAI;

/// <summary>Turns as a chat completion's messages: each result of a tool is a message of its own.</summary>
internal static class CompletionMessages
{
    public static void Write(Utf8JsonWriter json, Transcript transcript)
    {
        if (transcript.System.Length > 0)
        {
            WriteText(json, "system", transcript.System);
        }

        foreach (var turn in transcript.Turns)
        {
            if (turn.IsModels)
            {
                WriteModels(json, turn);
                continue;
            }

            foreach (var result in turn.Blocks.OfType<Block.Result>())
            {
                WriteResult(json, result);
            }

            if (WordsOf(turn) is { Length: > 0 } words)
            {
                WriteText(json, "user", words);
            }
        }
    }

    private static void WriteText(Utf8JsonWriter json, string role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", text);
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Block.Result result)
    {
        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteString("tool_call_id", result.CallId);
        // The protocol has no other place for it.
        json.WriteString("content", result.IsError ? "Error: " + result.Text : result.Text);
        json.WriteEndObject();
    }

    private static void WriteModels(Utf8JsonWriter json, Turn turn)
    {
        var calls = turn.Blocks.OfType<Block.Call>().ToArray();
        var words = WordsOf(turn);
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        if (words.Length > 0 || calls.Length == 0)
        {
            json.WriteString("content", words);
        }
        else
        {
            json.WriteNull("content");
        }

        if (calls.Length > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in calls)
            {
                json.WriteStartObject();
                json.WriteString("id", call.Id);
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", call.Name);
                json.WriteString("arguments", call.Input.GetRawText());
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string WordsOf(Turn turn) => string.Join("\n\n", turn.Blocks.OfType<Block.Words>().Select(static words => words.Text));
}
