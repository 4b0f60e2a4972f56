using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Agent.Models.Conversation;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.OpenAI;

/// <summary>A question as the body of a chat completion.</summary>
internal static class CompletionRequest
{
    /// <summary>OpenAI refuses longer ones.</summary>
    private const int MaxDescription = 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="isOwn">OpenAI itself, which has renamed a member that all others know by its old name.</param>
    public static ReadOnlyMemory<byte> Write(string model, bool isOwn, ModelQuestion question)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteBoolean("stream", question.Streams);
        if (question.Streams)
        {
            json.WriteStartObject("stream_options");
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
        }

        json.WriteStartArray("messages");
        CompletionMessages.Write(json, question.Transcript);
        json.WriteEndArray();
        WriteTools(json, question.Tools);
        WriteInference(json, question.Options, isOwn);
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static void WriteTools(Utf8JsonWriter json, ToolSet tools)
    {
        if (tools.Declarations.Count == 0)
        {
            return;
        }

        json.WriteStartArray("tools");
        foreach (var tool in tools.Declarations)
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", tool.Name);
            if (!string.IsNullOrWhiteSpace(tool.Description))
            {
                json.WriteString("description", tool.Description.Length > MaxDescription ? Text.Shaping.ForeignText.Line(tool.Description, MaxDescription - 1) : tool.Description);
            }

            json.WritePropertyName("parameters");
            tool.Schema.WriteTo(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteChoice(json, tools);
        if (!tools.Parallel)
        {
            json.WriteBoolean("parallel_tool_calls", false);
        }
    }

    private static void WriteChoice(Utf8JsonWriter json, ToolSet tools)
    {
        switch (tools.Use)
        {
            case ToolUse.Some:
                json.WriteString("tool_choice", "required");
                break;
            case ToolUse.None:
                json.WriteString("tool_choice", "none");
                break;
            case ToolUse.One:
                json.WriteStartObject("tool_choice");
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", tools.OnlyName);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            default:
                break;
        }
    }

    private static void WriteInference(Utf8JsonWriter json, ChatOptions? options, bool isOwn)
    {
        if (options?.MaxOutputTokens is { } tokens)
        {
            json.WriteNumber(isOwn ? "max_completion_tokens" : "max_tokens", tokens);
        }

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
            json.WriteStartArray("stop");
            foreach (var stop in stops)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }
    }
}
