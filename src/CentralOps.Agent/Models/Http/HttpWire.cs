using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CentralOps.Agent.Models.Answers;

namespace CentralOps.Agent.Models.Http;

/// <summary>A provider over plain HTTP: one POST a question, its answer whole or as server-sent events.</summary>
internal sealed class HttpWire(IHttpDialect dialect, ModelConnection connection) : IModelWire
{
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = ForeignJson.MaxDepth };

    private readonly HttpPost _post = new(dialect, connection);

    public ModelSubject Subject => dialect.Subject;

    public Uri? Endpoint => dialect.Url;

    public async IAsyncEnumerable<AnswerPiece> AskAsync(ModelQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var body = dialect.Write(question);
        using var response = await _post.SendAsync(body, question.Streams, cancellationToken);
        var type = response.Content.Headers.ContentType?.MediaType;
        var isEvents = type is "text/event-stream";
        await using var content = await _post.OpenAsync(response, isEvents, cancellationToken);
        if (isEvents)
        {
            await foreach (var piece in EventsAsync(content, cancellationToken))
            {
                yield return piece;
            }

            yield break;
        }

        // A server that cannot stream answers whole, though it was asked otherwise.
        if (type is not null && !type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            throw ModelWords.Of(ModelProblem.Broken, Subject, $"it is '{type}', where JSON or events were expected");
        }

        using var json = await WholeAsync(content, cancellationToken);
        foreach (var piece in dialect.ReadWhole(json.RootElement))
        {
            yield return piece;
        }
    }

    private async Task<JsonDocument> WholeAsync(Stream content, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(content, Depth, cancellationToken);
        }
        catch (JsonException)
        {
            throw HttpFailures.Broke(Subject, "it is not JSON");
        }
        catch (Exception fault) when (HttpFailures.IsTransport(fault))
        {
            throw HttpFailures.Broke(Subject, "the connection was closed before it was complete");
        }
    }

    private async IAsyncEnumerable<AnswerPiece> EventsAsync(Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = dialect.NewEvents();
        await using var events = SseParser.Create(content, static (_, data) => data.ToArray()).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(events))
        {
            var data = events.Current.Data;
            if (data.AsSpan().SequenceEqual("[DONE]"u8))
            {
                yield break;
            }

            // Servers keep a quiet connection open with events that say nothing.
            if (data.AsSpan().Trim((byte)' ').IsEmpty)
            {
                continue;
            }

            using var json = Parse(data);
            foreach (var piece in reader.Read(json.RootElement))
            {
                yield return piece;
            }
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<byte[]>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception fault) when (HttpFailures.IsTransport(fault))
        {
            throw HttpFailures.Broke(Subject, "the connection was closed before it was complete");
        }
    }

    private JsonDocument Parse(byte[] data)
    {
        try
        {
            return JsonDocument.Parse(data, Depth);
        }
        catch (JsonException)
        {
            throw HttpFailures.Broke(Subject, "an event of it is not JSON");
        }
    }
}
