using CentralOps.Gateway.Mcp;

namespace CentralOps.Proxy.Serving;

/// <summary>The requests of clients that are under way, so that they can be cancelled; no more than so many. Safe for concurrent use.</summary>
internal sealed class InFlight
{
    public const int Most = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Client, string Id), CancellationTokenSource> _running = [];

    /// <summary>Begins a request; dispose it when it is answered.</summary>
    /// <param name="client">Whose ids these are: clients choose theirs without knowing of each other.</param>
    /// <returns>Null where its id is in use, or too many are under way.</returns>
    public Flight? TryBegin(string client, JsonToken id, CancellationToken cancellationToken)
    {
        var key = (client, Text(id));
        lock (_gate)
        {
            if (_running.Count >= Most || _running.ContainsKey(key))
            {
                return null;
            }

            var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _running.Add(key, source);
            return new Flight(this, key, source);
        }
    }

    /// <summary>The client no longer waits for the request with this id. One that there is not is ignored: it may have been answered meanwhile.</summary>
    public void Cancel(string client, JsonToken id)
    {
        CancellationTokenSource? source;
        lock (_gate)
        {
            _running.Remove((client, Text(id)), out source);
        }

        // Outside the lock: what is cancelled runs here.
        source?.Cancel();
    }

    private static string Text(JsonToken id) => System.Text.Encoding.UTF8.GetString(id.Raw.Span);

    private void End((string Client, string Id) key, CancellationTokenSource source)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(key, out var running) && ReferenceEquals(running, source))
            {
                _running.Remove(key);
            }
        }
    }

    /// <summary>One request under way.</summary>
    internal sealed class Flight(InFlight all, (string Client, string Id) key, CancellationTokenSource source) : IDisposable
    {
        public CancellationToken Token => source.Token;

        /// <summary>The client itself has said that it no longer waits.</summary>
        public bool IsCancelled => source.IsCancellationRequested;

        // The source is left to the collector: a cancellation may be on its way to it.
        public void Dispose() => all.End(key, source);
    }
}
