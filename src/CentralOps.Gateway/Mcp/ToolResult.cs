using System.Text.Json;
using System.Text.Unicode;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Mcp;

/// <summary>
/// A target's answer as the result of tools/call, as AgentCore Gateway puts it: all that a function returned, re-serialised compactly,
/// is the one text; a failure is a result too, told in DEBUG and masked otherwise.
/// </summary>
internal sealed class ToolResult(ServerIdentity server, bool debug)
{
    private const string Masked = "An internal error occurred. Please retry later.";

    // A function may nest deeper than a caller may; this only keeps the reader's memory bounded.
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 1000 };

    /// <summary>Writes the answer; one that cannot be passed on is written as a failure.</summary>
    /// <param name="structured">Whether the tool promises structured content.</param>
    /// <returns>Why it is a failure; null when it is none.</returns>
    public TargetFailure? Write(Reply reply, JsonToken id, TargetAnswer answer, Dialect dialect, bool structured)
    {
        if (answer is { Failure: null, Form: not TargetAnswerForm.Value })
        {
            WriteWhole(reply, id, answer);
            return null;
        }

        var failure = answer.Failure ?? Render(answer.Json.Span, reply.Scratch, structured && dialect.HasStructuredContent);
        if (failure is not null)
        {
            WriteError(reply, id, Told(failure), dialect, debug);
            return failure;
        }

        var json = reply.Begin(id);
        WriteContent(json, reply.Scratch.Span, isError: false);
        if (structured && dialect.HasStructuredContent)
        {
            json.WritePropertyName("structuredContent"u8);
            json.WriteRawValue(reply.Scratch.Span, skipInputValidation: true);
        }

        if (dialect.IsStateless)
        {
            ServerIdentity.WriteResultType(json);
            json.WriteStartObject("_meta"u8);
            server.WriteServerMeta(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        reply.End();
        return null;
    }

    /// <summary>Writes the answer to a request other than tools/call: there a failure is an error.</summary>
    /// <returns>The HTTP status that it travels under.</returns>
    public int WriteForwarded(Reply reply, JsonToken id, TargetAnswer answer, Dialect dialect)
    {
        if (answer.Failure is { } failure)
        {
            return reply.Refuse(id, McpError.TargetFailed(Told(failure)), dialect);
        }

        WriteWhole(reply, id, answer);
        return ForwardedError.StatusOf(answer, dialect);
    }

    /// <summary>What a caller did wrong he is told: there is nothing of the target's in it.</summary>
    private string Told(TargetFailure failure) => debug || failure.Kind == TargetFailureKind.BadRequest ? failure.Detail : Masked;

    private static void WriteWhole(Reply reply, JsonToken id, TargetAnswer answer)
    {
        if (answer.Form == TargetAnswerForm.Error)
        {
            reply.Error(id, answer.Json.Span);
            return;
        }

        reply.Result(id, answer.Json.Span);
    }

    /// <summary>
    /// Arguments that do not fit the tool's schema: a result with <c>isError</c>, because MCP since 2025-11-25 wants such errors where a model
    /// reads and mends them. What AgentCore does is not established; a protocol error would be hidden from the model by most clients.
    /// </summary>
    public void WriteUnfit(Reply reply, JsonToken id, string problems, Dialect dialect) => WriteError(reply, id, problems, dialect, withDebug: false);

    private void WriteError(Reply reply, JsonToken id, string text, Dialect dialect, bool withDebug)
    {
        var json = reply.Begin(id);
        reply.Scratch.Clear();
        reply.Scratch.Advance(System.Text.Encoding.UTF8.GetBytes(text, reply.Scratch.GetSpan(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length))));
        WriteContent(json, reply.Scratch.Span, isError: true);
        if (dialect.IsStateless)
        {
            ServerIdentity.WriteResultType(json);
        }

        if (withDebug || dialect.IsStateless)
        {
            json.WriteStartObject("_meta"u8);
            if (withDebug)
            {
                json.WriteStartObject("debug"u8);
                json.WriteString("type"u8, "text"u8);
                json.WriteString("text"u8, reply.Scratch.Span);
                json.WriteEndObject();
            }

            if (dialect.IsStateless)
            {
                server.WriteServerMeta(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        reply.End();
    }

    /// <summary>Begins a result of tools/call with one text; whoever asked for it ends the object.</summary>
    public static void WriteContent(Utf8JsonWriter json, ReadOnlySpan<byte> text, bool isError)
    {
        json.WriteStartObject();
        json.WriteStartArray("content"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteBoolean("isError"u8, isError);
    }

    /// <summary>The answer as text: a string's value as it is, anything else as compact JSON.</summary>
    private static TargetFailure? Render(ReadOnlySpan<byte> answer, PooledBuffer text, bool asObject)
    {
        text.Clear();
        if (answer.IsEmpty && !asObject)
        {
            return null;
        }

        if (!Utf8.IsValid(answer))
        {
            return new(TargetFailureKind.BadAnswer, "The function returned bytes that are not UTF-8. A function has to return JSON.");
        }

        try
        {
            var reader = new Utf8JsonReader(answer, ReaderOptions);
            if (reader.Read() && asObject && reader.TokenType != JsonTokenType.StartObject)
            {
                return new(TargetFailureKind.BadAnswer, "The tool declares an output schema, and the function returned something that is not an object.");
            }

            if (reader.TokenType == JsonTokenType.String)
            {
                text.Advance(reader.CopyString(text.GetSpan(answer.Length)));
                return reader.Read() ? NotJson : null;
            }

            CompactJson.Write(ref reader, text);
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return NotJson;
        }
    }

    private static TargetFailure NotJson { get; } = new(TargetFailureKind.BadAnswer, "The function returned something that is not JSON.");
}
