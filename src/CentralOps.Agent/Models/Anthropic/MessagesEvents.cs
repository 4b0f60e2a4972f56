using System.Text.Json;
using CentralOps.Agent.Models.Answers;
using CentralOps.Agent.Models.Http;

namespace CentralOps.Agent.Models.Anthropic;

/// <summary>The events of one streamed message. https://docs.claude.com/en/docs/build-with-claude/streaming</summary>
internal sealed class MessagesEvents(ModelSubject subject) : IEventReader
{
    private long _input;
    private long _output;
    private long _cacheRead;
    private long _cacheWritten;

    public IEnumerable<AnswerPiece> Read(JsonElement data)
    {
        var at = data.Index("index");
        switch (data.Text("type"))
        {
            case "message_start":
                Count(data.Get("message").Get("usage"));
                return [new AnswerPiece.Begun(data.Get("message").Text("id") is { Length: > 0 } id ? id : null)];
            case "content_block_start":
                return MessagesWords.Begin(data.Get("content_block"), at);
            case "content_block_delta":
                return Delta(data.Get("delta"), at);
            case "content_block_stop":
                return [new AnswerPiece.BlockEnded(at)];
            case "message_delta":
                Count(data.Get("usage"));
                return data.Get("delta").Text("stop_reason") is { Length: > 0 } reason
                    ? [MessagesWords.Usage(_input, _output, _cacheRead, _cacheWritten), MessagesWords.End(reason)]
                    : [];
            case "error":
                throw HttpFailures.InAnswer(subject, data);
            default:
                // A ping, or what is newer than this.
                return [];
        }
    }

    private static IEnumerable<AnswerPiece> Delta(JsonElement delta, int at) => delta.Text("type") switch
    {
        "text_delta" => [new AnswerPiece.Words(delta.Text("text"))],
        "input_json_delta" => [new AnswerPiece.CallInput(at, delta.Text("partial_json"))],
        "thinking_delta" => [new AnswerPiece.Thought(at, delta.Text("thinking"))],
        "signature_delta" => [new AnswerPiece.Seal(at, delta.Text("signature"))],
        _ => [],
    };

    // Each count is the whole so far; a later event repeats only some of them.
    private void Count(JsonElement usage)
    {
        _input = Math.Max(_input, usage.Number("input_tokens"));
        _output = Math.Max(_output, usage.Number("output_tokens"));
        _cacheRead = Math.Max(_cacheRead, usage.Number("cache_read_input_tokens"));
        _cacheWritten = Math.Max(_cacheWritten, usage.Number("cache_creation_input_tokens"));
    }
}
