using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Agent.Models.Conversation;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.Bedrock;

/// <summary>A question as the input of Converse and ConverseStream. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html</summary>
internal static class ConverseRequest
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(BedrockModel model, CachePlaces caches, Guardrail? guardrail, ModelQuestion question)
    {
        // Converse has no choice "none", and refuses calls in the conversation without tools beside it.
        var transcript = !question.Tools.IsOffered && question.Transcript.HasCalls ? question.Transcript.InWords() : question.Transcript;
        var body = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteString("modelId", model.Id);
        WriteSystem(json, transcript.System, caches);
        json.WriteStartArray("messages");
        ConverseMessages.Write(json, transcript.Turns, model.MixesResultsAndWords, caches.HasFlag(CachePlaces.Messages));
        json.WriteEndArray();
        if (question.Tools.IsOffered)
        {
            WriteTools(json, question.Tools, model, caches);
        }

        WriteInference(json, question.Options);
        if (guardrail is not null)
        {
            json.WriteStartObject("guardrailConfig");
            json.WriteString("guardrailIdentifier", guardrail.Id);
            json.WriteString("guardrailVersion", guardrail.Version);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    /// <summary>All that stands before it is kept, if there is enough of it.</summary>
    public static void WriteCachePoint(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("cachePoint");
        json.WriteString("type", "default");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSystem(Utf8JsonWriter json, string system, CachePlaces caches)
    {
        if (system.Length == 0)
        {
            return;
        }

        json.WriteStartArray("system");
        json.WriteStartObject();
        json.WriteString("text", system);
        json.WriteEndObject();
        if (caches.HasFlag(CachePlaces.System))
        {
            WriteCachePoint(json);
        }

        json.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter json, ToolSet tools, BedrockModel model, CachePlaces caches)
    {
        json.WriteStartObject("toolConfig");
        json.WriteStartArray("tools");
        foreach (var tool in tools.Declarations)
        {
            json.WriteStartObject();
            json.WriteStartObject("toolSpec");
            json.WriteString("name", tool.Name);
            if (!string.IsNullOrWhiteSpace(tool.Description))
            {
                json.WriteString("description", tool.Description);
            }

            json.WriteStartObject("inputSchema");
            json.WritePropertyName("json");
            WriteSchema(json, tool.Schema, model.TakesWholeSchemas);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (caches.HasFlag(CachePlaces.Tools))
        {
            WriteCachePoint(json);
        }

        json.WriteEndArray();
        WriteChoice(json, tools);
        json.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter json, JsonElement schema, bool whole)
    {
        if (whole)
        {
            schema.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var word in schema.EnumerateObject())
        {
            if (word.Name is "type" or "properties" or "required")
            {
                word.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    // Free choice is what a model has unasked; some refuse to be told.
    private static void WriteChoice(Utf8JsonWriter json, ToolSet tools)
    {
        if (tools.Use is not (ToolUse.Some or ToolUse.One))
        {
            return;
        }

        json.WriteStartObject("toolChoice");
        json.WriteStartObject(tools.Use == ToolUse.One ? "tool" : "any");
        if (tools.OnlyName is { } name)
        {
            json.WriteString("name", name);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInference(Utf8JsonWriter json, ChatOptions? options)
    {
        if (options is not ({ MaxOutputTokens: not null } or { Temperature: not null } or { TopP: not null } or { StopSequences.Count: > 0 }))
        {
            return;
        }

        json.WriteStartObject("inferenceConfig");
        if (options.MaxOutputTokens is { } tokens)
        {
            json.WriteNumber("maxTokens", tokens);
        }

        if (options.Temperature is { } temperature)
        {
            json.WriteNumber("temperature", temperature);
        }

        if (options.TopP is { } probability)
        {
            json.WriteNumber("topP", probability);
        }

        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stopSequences");
            foreach (var stop in stops)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
