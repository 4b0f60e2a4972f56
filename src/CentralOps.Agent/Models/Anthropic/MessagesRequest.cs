using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Agent.Models.Conversation;

namespace CentralOps.Agent.Models.Anthropic;

/// <summary>A question as the body of the Messages API.</summary>
internal static class MessagesRequest
{
    /// <summary>The API wants a bound; where nobody gives one, an answer with a table has room.</summary>
    private const int DefaultMaxTokens = 8192;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(string model, bool caches, ModelQuestion question)
    {
        var (tools, options) = (question.Tools, question.Options);
        // Calls in the conversation are refused without tools beside it.
        var transcript = tools.Declarations.Count == 0 && question.Transcript.HasCalls ? question.Transcript.InWords() : question.Transcript;
        var body = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteNumber("max_tokens", options?.MaxOutputTokens ?? DefaultMaxTokens);
        json.WriteBoolean("stream", question.Streams);
        WriteSystem(json, transcript.System, caches);
        json.WriteStartArray("messages");
        for (var at = 0; at < transcript.Turns.Count; at++)
        {
            WriteTurn(json, transcript.Turns[at], caches && at == transcript.Turns.Count - 1);
        }

        json.WriteEndArray();
        WriteTools(json, tools, caches);
        if (options?.Temperature is { } temperature)
        {
            json.WriteNumber("temperature", temperature);
        }

        if (options?.TopP is { } probability)
        {
            json.WriteNumber("top_p", probability);
        }

        if (options?.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop_sequences");
            foreach (var stop in stops)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static void WriteSystem(Utf8JsonWriter json, string system, bool caches)
    {
        if (system.Length == 0)
        {
            return;
        }

        json.WriteStartArray("system");
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", system);
        WriteMark(json, caches);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter json, ToolSet tools, bool caches)
    {
        if (tools.Declarations.Count == 0)
        {
            return;
        }

        json.WriteStartArray("tools");
        for (var at = 0; at < tools.Declarations.Count; at++)
        {
            var tool = tools.Declarations[at];
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            if (!string.IsNullOrWhiteSpace(tool.Description))
            {
                json.WriteString("description", tool.Description);
            }

            json.WritePropertyName("input_schema");
            tool.Schema.WriteTo(json);
            WriteMark(json, caches && at == tools.Declarations.Count - 1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("tool_choice");
        json.WriteString("type", tools.Use switch { ToolUse.Some => "any", ToolUse.One => "tool", ToolUse.None => "none", _ => "auto" });
        if (tools.OnlyName is { } name)
        {
            json.WriteString("name", name);
        }

        if (!tools.Parallel && tools.Use != ToolUse.None)
        {
            json.WriteBoolean("disable_parallel_tool_use", true);
        }

        json.WriteEndObject();
    }

    private static void WriteTurn(Utf8JsonWriter json, Turn turn, bool marksEnd)
    {
        json.WriteStartObject();
        json.WriteString("role", turn.IsModels ? "assistant" : "user");
        json.WriteStartArray("content");
        for (var at = 0; at < turn.Blocks.Count; at++)
        {
            json.WriteStartObject();
            WriteBlock(json, turn.Blocks[at]);
            WriteMark(json, marksEnd && at == turn.Blocks.Count - 1 && !turn.IsModels);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter json, Block block)
    {
        switch (block)
        {
            case Block.Words words:
                json.WriteString("type", "text");
                json.WriteString("text", words.Text);
                break;
            case Block.Thought { Text.Length: 0 } hidden:
                json.WriteString("type", "redacted_thinking");
                json.WriteString("data", hidden.Seal);
                break;
            case Block.Thought thought:
                json.WriteString("type", "thinking");
                json.WriteString("thinking", thought.Text);
                json.WriteString("signature", thought.Seal);
                break;
            case Block.Call call:
                json.WriteString("type", "tool_use");
                json.WriteString("id", call.Id);
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                call.Input.WriteTo(json);
                break;
            case Block.Result result:
                json.WriteString("type", "tool_result");
                json.WriteString("tool_use_id", result.CallId);
                json.WriteString("content", result.Text);
                if (result.IsError)
                {
                    json.WriteBoolean("is_error", true);
                }

                break;
        }
    }

    /// <summary>All that stands before it is kept. https://docs.claude.com/en/docs/build-with-claude/prompt-caching</summary>
    private static void WriteMark(Utf8JsonWriter json, bool marks)
    {
        if (!marks)
        {
            return;
        }

        json.WriteStartObject("cache_control");
        json.WriteString("type", "ephemeral");
        json.WriteEndObject();
    }
}
