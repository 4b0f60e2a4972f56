using System.Buffers;
using System.Net;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Calls;

/// <summary>One request and its answer, read to the end and bounded. The body lives in pooled memory until this is disposed.</summary>
internal sealed class HttpExchange : IDisposable
{
    private const int FirstRead = 16 * 1024;
    private const int MostOnTrust = 1024 * 1024;

    private PooledBufferWriter? _body;
    private HttpResponseMessage? _open;

    private HttpExchange(WireResponse response) => Response = response;

    public WireResponse Response { get; }

    /// <summary>The answer was larger than allowed; what there is of it is not to be used.</summary>
    public bool TooLarge { get; private set; }

    /// <summary>The answer's body where it was left to be read as it comes; lives until this is disposed.</summary>
    public Stream? Stream { get; private set; }

    /// <summary>Throws what the transport throws, see <see cref="NetworkFailure.From"/>.</summary>
    /// <param name="streams">Whether the body of a success is left to be read as it comes.</param>
    public static async Task<HttpExchange> SendAsync(
        HttpMessageInvoker http, WireRequest request, Uri url, int maxBytes, bool streams, CancellationToken cancellationToken)
    {
        using var message = MessageOf(request, url);
        var answer = await http.SendAsync(message, cancellationToken);
        var exchange = new HttpExchange(new WireResponse { Status = (int)answer.StatusCode });
        try
        {
            foreach (var header in answer.Headers.NonValidated)
            {
                exchange.Add(header.Key, header.Value);
            }

            foreach (var header in answer.Content.Headers.NonValidated)
            {
                exchange.Add(header.Key, header.Value);
            }

            if (streams && answer.IsSuccessStatusCode)
            {
                exchange._open = answer;
                exchange.Stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
                return exchange;
            }

            await exchange.ReadAsync(answer.Content, maxBytes, cancellationToken);
            answer.Dispose();
            return exchange;
        }
        catch
        {
            answer.Dispose();
            exchange.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _body?.Dispose();
        _open?.Dispose();
    }

    private void Add(string name, System.Net.Http.Headers.HeaderStringValues values)
    {
        foreach (var value in values)
        {
            Response.Headers.Add(name, value);
        }
    }

    private async Task ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength;
        if (announced > maxBytes)
        {
            TooLarge = true;
            return;
        }

        // One more than announced, so that the read that finds the end finds room; but a length alone is no reason to take much memory.
        var body = _body = new PooledBufferWriter((int)Math.Min(announced + 1 ?? FirstRead, MostOnTrust));
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        while (await stream.ReadAsync(body.GetMemory(), cancellationToken) is > 0 and var read)
        {
            body.Advance(read);
            if (body.Written.Length > maxBytes)
            {
                TooLarge = true;
                return;
            }
        }

        Response.Body = body.Written;
    }

    private static HttpRequestMessage MessageOf(WireRequest request, Uri url)
    {
        // HTTP/2 where TLS negotiates it, for some services stream over nothing else; HTTP/1.1 everywhere else.
        var message = new HttpRequestMessage(HttpMethod.Parse(request.Method), url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        if (!request.Body.IsEmpty || request.Method is not ("GET" or "HEAD" or "DELETE"))
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
        }

        foreach (var (name, value) in request.Headers)
        {
            if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            {
                throw new ArgumentException($"The header {name} would hold a line break. Remove it from the member that is sent there.", nameof(request));
            }

            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content ??= new ReadOnlyMemoryContent(request.Body);
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
