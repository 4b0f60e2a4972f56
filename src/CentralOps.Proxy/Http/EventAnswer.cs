using CentralOps.Gateway.Serving;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Proxy.Http;

/// <summary>An answer as server-sent events, which begins with the first thing that is told before the answer itself.</summary>
internal sealed class EventAnswer(HttpResponse response) : IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);

    public bool HasBegun { get; private set; }

    /// <param name="notification">JSON on one line.</param>
    public async ValueTask TellAsync(ReadOnlyMemory<byte> notification, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!HasBegun)
            {
                response.ContentType = MediaTypes.EventStream;
                response.Headers.CacheControl = "no-cache";
                HasBegun = true;
            }

            await response.Body.WriteAsync("event: message\ndata: "u8.ToArray(), cancellationToken);
            await response.Body.WriteAsync(notification, cancellationToken);
            await response.Body.WriteAsync("\n\n"u8.ToArray(), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task EndAsync(ReadOnlyMemory<byte> answer, CancellationToken cancellationToken) =>
        answer.IsEmpty ? Task.CompletedTask : TellAsync(answer, cancellationToken).AsTask();

    public ValueTask DisposeAsync()
    {
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }
}
