using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace CentralOps.Conformance.Fixture;

/// <summary>A notification for whoever listens: a list has changed, or a resource was updated.</summary>
internal sealed record Change(string Method, string? Uri = null)
{
    public JsonObject Params() => Uri is null ? [] : new() { ["uri"] = Uri };
}

/// <summary>The open streams that changes are told on.</summary>
internal sealed class Listeners
{
    private const int MaxWaiting = 64;

    private readonly ConcurrentDictionary<Channel<Change>, Func<Change, bool>> _open = new();

    public void Tell(Change change)
    {
        foreach (var (stream, _) in _open.Where(entry => entry.Value(change)))
        {
            stream.Writer.TryWrite(change);
        }
    }

    /// <summary>Passes on what is wanted until the client leaves. <paramref name="opened"/> runs once changes are kept for it.</summary>
    public async Task ListenAsync(Func<Change, bool> wanted, Func<ValueTask> opened, Func<Change, ValueTask> tell, CancellationToken cancellationToken)
    {
        var stream = Channel.CreateBounded<Change>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        _open[stream] = wanted;
        try
        {
            await opened();
            await foreach (var change in stream.Reader.ReadAllAsync(cancellationToken))
            {
                await tell(change);
            }
        }
        finally
        {
            _open.TryRemove(stream, out _);
        }
    }
}
