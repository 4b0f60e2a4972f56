using System.Text.Json;
using CentralOps.Agent.Models.Conversation;

namespace CentralOps.Agent.Models.Bedrock;

/// <summary>Turns as Converse's messages.</summary>
internal static class ConverseMessages
{
    /// <param name="json">Stands inside the array of messages.</param>
    /// <param name="turns">The conversation.</param>
    /// <param name="mixes">Whether a turn may hold results and words.</param>
    /// <param name="caches">Whether the conversation so far is to be kept: the next question of a chat begins with it.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Turn> turns, bool mixes, bool caches)
    {
        for (var at = 0; at < turns.Count; at++)
        {
            var isLast = at == turns.Count - 1;
            var turn = turns[at];
            if (mixes || !Mixes(turn))
            {
                WriteMessage(json, turn.IsModels, turn.Blocks, caches && isLast && !turn.IsModels);
                continue;
            }

            WriteMessage(json, isModels: false, turn.Blocks.Where(static block => block is Block.Result), caches: false);
            WriteMessage(json, isModels: true, [new Block.Words("I have the tools' answers.")], caches: false);
            WriteMessage(json, isModels: false, turn.Blocks.Where(static block => block is not Block.Result), caches && isLast);
        }
    }

    private static bool Mixes(Turn turn) => turn.Blocks.Any(static block => block is Block.Result) && turn.Blocks.Any(static block => block is Block.Words);

    private static void WriteMessage(Utf8JsonWriter json, bool isModels, IEnumerable<Block> blocks, bool caches)
    {
        json.WriteStartObject();
        json.WriteString("role", isModels ? "assistant" : "user");
        json.WriteStartArray("content");
        foreach (var block in blocks)
        {
            WriteBlock(json, block);
        }

        if (caches)
        {
            ConverseRequest.WriteCachePoint(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter json, Block block)
    {
        json.WriteStartObject();
        switch (block)
        {
            case Block.Words words:
                json.WriteString("text", words.Text);
                break;
            case Block.Thought thought:
                WriteThought(json, thought);
                break;
            case Block.Call call:
                json.WriteStartObject("toolUse");
                json.WriteString("toolUseId", call.Id);
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                call.Input.WriteTo(json);
                json.WriteEndObject();
                break;
            case Block.Result result:
                json.WriteStartObject("toolResult");
                json.WriteString("toolUseId", result.CallId);
                json.WriteStartArray("content");
                json.WriteStartObject();
                json.WriteString("text", result.Text);
                json.WriteEndObject();
                json.WriteEndArray();
                // Only some models take a status, and "success" goes without saying.
                if (result.IsError)
                {
                    json.WriteString("status", "error");
                }

                json.WriteEndObject();
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteThought(Utf8JsonWriter json, Block.Thought thought)
    {
        json.WriteStartObject("reasoningContent");
        if (thought.Text.Length == 0)
        {
            json.WriteString("redactedContent", thought.Seal);
        }
        else
        {
            json.WriteStartObject("reasoningText");
            json.WriteString("text", thought.Text);
            json.WriteString("signature", thought.Seal);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
