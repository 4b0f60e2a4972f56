using System.Buffers;
using CentralOps.Gateway.Mcp;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Serving;

/// <summary>One request and its response on the HTTP server's own features. Lives as long as its connection and serves its requests in turn.</summary>
internal sealed class Exchange
{
    private static readonly ReadOnlyMemory<byte> EventStart = "event: message\ndata: "u8.ToArray();
    private static readonly ReadOnlyMemory<byte> EventEnd = "\n\n"u8.ToArray();

    private readonly PooledBuffer _body = new();
    private IFeatureCollection _features = null!;
    private IHttpResponseFeature _response = null!;
    private bool _streams;

    public IHttpRequestFeature Request { get; private set; } = null!;

    /// <summary>The request's body, once it has been read.</summary>
    public ReadOnlyMemory<byte> Body => _body.Memory;

    public Reply Reply { get; } = new();

    public IHeaderDictionary ResponseHeaders => _response.Headers;

    /// <summary>The client may be sent events before the answer.</summary>
    public bool TakesEvents { get; set; }

    /// <summary>The client has gone.</summary>
    public CancellationToken Aborted => _features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;

    public void Begin(IFeatureCollection features)
    {
        _features = features;
        Request = features.GetRequiredFeature<IHttpRequestFeature>();
        _response = features.GetRequiredFeature<IHttpResponseFeature>();
    }

    public void End()
    {
        (TakesEvents, _streams) = (false, false);
        _body.Clear();
        Reply.Clear();
    }

    /// <summary>
    /// Reads the body to its end. Memory grows with what has come in, not with what was announced. What is too large is still read for a while
    /// and dropped: most clients look at an answer only after they have sent everything.
    /// </summary>
    public async ValueTask<McpError?> ReadBodyAsync(CancellationToken cancellationToken)
    {
        if (Request.Headers.ContentLength > Limits.MaxDroppedBytes)
        {
            return McpError.TooLarge;
        }

        var reader = _features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        var (total, ended) = (0L, false);
        while (!ended)
        {
            var read = await reader.ReadAsync(cancellationToken);
            total += read.Buffer.Length;
            if (total > Limits.MaxBodyBytes)
            {
                _body.Clear();
            }
            else
            {
                foreach (var segment in read.Buffer)
                {
                    _body.Write(segment.Span);
                }
            }

            reader.AdvanceTo(read.Buffer.End);
            ended = read.IsCompleted;
        }

        return total > Limits.MaxBodyBytes ? McpError.TooLarge : _body.Length == 0 ? McpError.EmptyBody : null;
    }

    /// <summary>Sends what the reply holds: as JSON, or as the one event of a stream that ends with it. The last of a stream that has begun is an event too.</summary>
    public ValueTask SendAsync(int status, bool asEvent, CancellationToken cancellationToken)
    {
        if (_streams)
        {
            _streams = false;
            return WriteEventAsync(Reply.Buffer.Memory, cancellationToken);
        }

        _response.StatusCode = status;
        if (asEvent)
        {
            SetEventHeaders();
            return WriteEventAsync(Reply.Buffer.Memory, cancellationToken);
        }

        _response.Headers.ContentType = MediaTypes.Json;
        _response.Headers.ContentLength = Reply.Buffer.Length;
        return WriteAsync(Reply.Buffer.Memory, cancellationToken);
    }

    /// <summary>
    /// Sends an event before the answer, where the client <see cref="TakesEvents"/>. The response's status is 200 from then on, and its headers are sent.
    /// </summary>
    public ValueTask TellAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (!_streams)
        {
            _streams = true;
            _response.StatusCode = StatusCodes.Status200OK;
            SetEventHeaders();
        }

        return WriteEventAsync(message, cancellationToken);
    }

    private void SetEventHeaders()
    {
        _response.Headers.ContentType = MediaTypes.EventStream;
        _response.Headers.CacheControl = "no-cache";
        _response.Headers["X-Accel-Buffering"] = "no";
    }

    private async ValueTask WriteEventAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await WriteAsync(EventStart, cancellationToken);
        await WriteAsync(message, cancellationToken);
        await WriteAsync(EventEnd, cancellationToken);
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await _features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(bytes, cancellationToken);

    /// <summary>Sends an error in place of whatever was written so far.</summary>
    public ValueTask SendErrorAsync(McpError error, Dialect dialect, CancellationToken cancellationToken)
    {
        if (_response.HasStarted && !_streams)
        {
            return ValueTask.CompletedTask;
        }

        Reply.Clear();
        Reply.Refuse(default, error, dialect);
        return _response.HasStarted ? SendAsync(error.Status, asEvent: true, cancellationToken) : SendErrorAsync(error, cancellationToken);
    }

    private ValueTask SendErrorAsync(McpError error, CancellationToken cancellationToken)
    {
        if (error.Status == StatusCodes.Status405MethodNotAllowed)
        {
            _response.Headers.Allow = ReferenceEquals(error, McpError.DocumentMethodNotAllowed) ? HttpMethods.Get : HttpMethods.Post;
        }

        if (error.Challenge is { } challenge)
        {
            _response.Headers.WWWAuthenticate = challenge;
        }

        // The rest of the body is of no use to anybody.
        if (error.Status == StatusCodes.Status413PayloadTooLarge)
        {
            _response.Headers.Connection = "close";
        }

        return SendAsync(error.Status, asEvent: false, cancellationToken);
    }

    /// <summary>Headers that a target may send back; in a batch the last one's stay. Where progress was told before, they would come too late.</summary>
    public void AddHeaders(IReadOnlyList<KeyValuePair<string, string>>? headers)
    {
        foreach (var (name, value) in _streams ? [] : headers ?? [])
        {
            _response.Headers[name] = value;
        }
    }

    /// <summary>Of the request, without the question mark.</summary>
    public string QueryString => Request.QueryString is { Length: > 1 } query ? query[1..] : "";

    /// <summary>Accepted, with nothing to say.</summary>
    public void Accept() => _response.StatusCode = StatusCodes.Status202Accepted;
}
