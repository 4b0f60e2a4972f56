using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CentralOps.Gateway.Mcp;

/// <summary>
/// Writes JSON-RPC responses into pooled memory: one, or several where a batch is answered. Lives as long as its connection; used by one
/// request at a time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The writer holds no memory of its own, only the buffer.")]
internal sealed class Reply
{
    // Answers are JSON for programs, never text in a page: only what JSON itself demands is escaped.
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Utf8JsonWriter _json;
    private int _written;

    public Reply() => _json = new(Buffer, WriterOptions);

    public PooledBuffer Buffer { get; } = new();

    /// <summary>Room for what an answer is put together from.</summary>
    public PooledBuffer Scratch { get; } = new();

    public bool IsEmpty => _written == 0;

    /// <summary>Begins a response; its result is written next, and <see cref="End"/> closes it.</summary>
    public Utf8JsonWriter Begin(JsonToken id)
    {
        Separate();
        _json.WriteStartObject();
        _json.WriteString("jsonrpc"u8, "2.0"u8);
        _json.WritePropertyName("id"u8);
        _json.WriteRawValue(id.Raw.Span, skipInputValidation: true);
        _json.WritePropertyName("result"u8);
        return _json;
    }

    public void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
    }

    /// <summary>A response whose result is ready as bytes.</summary>
    public void Result(JsonToken id, ReadOnlySpan<byte> result)
    {
        Begin(id).WriteRawValue(result, skipInputValidation: true);
        End();
    }

    /// <summary>Writes an error.</summary>
    /// <returns>The HTTP status that it travels under.</returns>
    public int Refuse(JsonToken id, McpError error, Dialect dialect)
    {
        Error(id, error, dialect);
        return error.Status;
    }

    /// <summary>
    /// An error. Where the id could not be read, JSON-RPC has it null; the stateless revision's schema knows no null and leaves it out.
    /// </summary>
    private void Error(JsonToken id, McpError error, Dialect dialect)
    {
        Separate();
        _json.WriteStartObject();
        _json.WriteString("jsonrpc"u8, "2.0"u8);
        if (MessageRules.IsUsable(id))
        {
            _json.WritePropertyName("id"u8);
            _json.WriteRawValue(id.Raw.Span, skipInputValidation: true);
        }
        else if (!dialect.IsStateless)
        {
            _json.WriteNull("id"u8);
        }

        _json.WriteStartObject("error"u8);
        _json.WriteNumber("code"u8, error.Code);
        _json.WriteString("message"u8, error.Message);
        if (error.Versions is { } versions)
        {
            _json.WriteStartObject("data"u8);
            _json.WriteStartArray("supported"u8);
            foreach (var version in versions.Supported)
            {
                _json.WriteStringValue(version);
            }

            _json.WriteEndArray();
            _json.WriteString("requested"u8, versions.Requested);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
        End();
    }

    /// <summary>An error object that is ready as bytes.</summary>
    public void Error(JsonToken id, ReadOnlySpan<byte> error)
    {
        Separate();
        _json.WriteStartObject();
        _json.WriteString("jsonrpc"u8, "2.0"u8);
        _json.WritePropertyName("id"u8);
        _json.WriteRawValue(id.Raw.Span, skipInputValidation: true);
        _json.WritePropertyName("error"u8);
        _json.WriteRawValue(error, skipInputValidation: true);
        End();
    }

    /// <summary>Text around the responses: an array's brackets, an event's fields.</summary>
    public void Raw(ReadOnlySpan<byte> text) => System.Buffers.BuffersExtensions.Write(Buffer, text);

    /// <summary>This place, to come back to.</summary>
    public (int Length, int Written) Mark() => (Buffer.Length, _written);

    /// <summary>The one response that was written since the mark; empty where there was none.</summary>
    public ReadOnlyMemory<byte> Since((int Length, int Written) mark)
    {
        var separator = _written > mark.Written && mark.Written > 0 ? 1 : 0;
        return Buffer.Memory[(mark.Length + separator)..];
    }

    /// <summary>Puts a response in the place of what was written since the mark; an empty one takes it away.</summary>
    public void Replace((int Length, int Written) mark, ReadOnlySpan<byte> response)
    {
        Buffer.Truncate(mark.Length);
        _written = mark.Written;
        if (!response.IsEmpty)
        {
            Separate();
            Raw(response);
        }
    }

    /// <summary>Forgets what was written so far.</summary>
    public void Clear()
    {
        _json.Reset();
        _written = 0;
        Buffer.Clear();
        Scratch.Clear();
    }

    private void Separate()
    {
        if (_written++ > 0)
        {
            Raw(","u8);
        }
    }
}
