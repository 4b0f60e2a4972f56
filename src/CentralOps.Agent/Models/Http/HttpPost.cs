using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace CentralOps.Agent.Models.Http;

/// <summary>Posts a question until it is answered or another attempt would be no use.</summary>
internal sealed class HttpPost(IHttpDialect dialect, ModelConnection connection)
{
    private const int MostAttempts = 4;

    public async Task<HttpResponseMessage> SendAsync(ReadOnlyMemory<byte> body, bool streams, CancellationToken cancellationToken)
    {
        var limits = connection.Limits;
        if (body.Length > limits.RequestBytes)
        {
            throw ModelWords.Of(ModelProblem.TooLong, dialect.Subject, string.Create(CultureInfo.InvariantCulture, $"{body.Length} bytes of {limits.RequestBytes} that are sent at most"));
        }

        for (var attempt = 1; ; attempt++)
        {
            var (response, failure, again) = await AttemptAsync(body, streams, cancellationToken);
            if (response is not null)
            {
                return response;
            }

            if (!again || attempt == MostAttempts || HttpWaits.Before(attempt, failure!.RetryAfter, connection.Jitter) is not { } wait)
            {
                throw failure!;
            }

            await Task.Delay(wait, connection.Time, cancellationToken);
        }
    }

    /// <summary>The body of an answer, as it comes: bounded, and given up when nothing comes.</summary>
    public async Task<Stream> OpenAsync(HttpResponseMessage response, bool hasLines, CancellationToken cancellationToken) =>
        new MeteredStream(await response.Content.ReadAsStreamAsync(cancellationToken), dialect.Subject, connection.Limits, connection.Time, hasLines);

    private async Task<(HttpResponseMessage? Response, ModelException? Failure, bool Again)> AttemptAsync(ReadOnlyMemory<byte> body, bool streams, CancellationToken cancellationToken)
    {
        // A whole answer's head comes when all of it is there.
        var time = streams ? connection.Limits.Silence : connection.Limits.Answer;
        using var late = new CancellationTokenSource(time, connection.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            using var request = Request(body);
            response = await connection.Http.SendAsync(request, either.Token);
            if (response.IsSuccessStatusCode)
            {
                return (response, null, false);
            }

            var refusal = await HttpRefusal.ReadAsync(response, connection.Time, either.Token);
            response.Dispose();
            return (null, refusal.ToException(dialect.Subject), refusal.Again);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            response?.Dispose();
            return (null, ModelWords.Of(ModelProblem.TimedOut, dialect.Subject, string.Create(CultureInfo.InvariantCulture, $"nothing came within {time.TotalSeconds:0.###} s")), false);
        }
        catch (Exception fault) when (HttpFailures.IsTransport(fault) && !cancellationToken.IsCancellationRequested)
        {
            response?.Dispose();
            var (words, again) = HttpFailures.Describe(fault);
            return (null, ModelWords.Of(ModelProblem.Unreachable, dialect.Subject, words), again);
        }
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, dialect.Url)
        {
            Content = new ReadOnlyMemoryContent(body),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", connection.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in dialect.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
