using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Sandbox.Front;

/// <summary>One request and its response, on Kestrel's features as they are.</summary>
internal readonly struct HttpExchange(IFeatureCollection features)
{
    private readonly IHttpResponseFeature _response = features.GetRequiredFeature<IHttpResponseFeature>();

    public IHttpRequestFeature Request { get; } = features.GetRequiredFeature<IHttpRequestFeature>();

    public IHeaderDictionary ResponseHeaders => _response.Headers;

    /// <summary>Fires when the client goes away.</summary>
    public CancellationToken Aborted => features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;

    /// <summary>The client's address; null where the transport has none.</summary>
    public string? RemoteAddress => features.Get<IHttpConnectionFeature>()?.RemoteIpAddress?.ToString();

    /// <summary>Closes the connection without an answer.</summary>
    public void Abort() => features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();

    /// <summary>The body in full; null when it is larger than <paramref name="max"/>.</summary>
    public async Task<byte[]?> ReadBodyAsync(int max, CancellationToken cancellationToken)
    {
        var length = Request.Headers.ContentLength;
        if (length is 0 || (length is null && !Request.Headers.ContainsKey("Transfer-Encoding")))
        {
            return [];
        }

        if (length > max)
        {
            return null;
        }

        var stream = Request.Body;
        if (length is { } known)
        {
            var body = GC.AllocateUninitializedArray<byte>((int)known);
            await stream.ReadExactlyAsync(body, cancellationToken);
            return body;
        }

        var chunks = new ArrayBufferWriter<byte>();
        while (await stream.ReadAsync(chunks.GetMemory(8192), cancellationToken) is var read and > 0)
        {
            chunks.Advance(read);
            if (chunks.WrittenCount > max)
            {
                return null;
            }
        }

        return chunks.WrittenSpan.ToArray();
    }

    /// <summary>Promises a length, writes less and closes the connection.</summary>
    public async Task AnswerPartlyAsync(int status, ReadOnlyMemory<byte> body, int promised, CancellationToken cancellationToken)
    {
        _response.StatusCode = status;
        _response.Headers.ContentLength = promised;
        var writer = features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;
        await writer.WriteAsync(body, cancellationToken);
        await writer.FlushAsync(cancellationToken);
        Abort();
    }

    /// <summary>Sends a part of a body whose length nobody knows yet, at once.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        var writer = features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;
        await writer.WriteAsync(part, cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }

    public async Task AnswerAsync(int status, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        _response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent)
        {
            _response.Headers.ContentLength = body.Length;
        }

        if (!body.IsEmpty)
        {
            await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body, cancellationToken);
        }
    }
}
