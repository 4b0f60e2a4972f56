using System.Collections.Concurrent;

namespace CentralOps.Sandbox.AwsMcp;

/// <summary>One client's session, and the requests that run in it: a client cancels a request by its id, which only the session makes unique.</summary>
internal sealed class McpSession(string id, McpTenant tenant, string ownerId, string version)
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);

    public string Id => id;

    public McpTenant Tenant => tenant;

    /// <summary>The condition key <c>aws:userid</c>: the same after credentials were renewed under the same session name.</summary>
    public string OwnerId => ownerId;

    /// <summary>The protocol's revision that was agreed on.</summary>
    public string Version => version;

    public DateTimeOffset UsedAt { get; set; }

    public bool IsBusy => !_running.IsEmpty;

    /// <summary>False when a request with this id is still running.</summary>
    public bool TryBegin(string requestId, CancellationTokenSource cancellation) => _running.TryAdd(requestId, cancellation);

    public void End(string requestId) => _running.TryRemove(requestId, out _);

    public void Cancel(string requestId)
    {
        if (_running.TryGetValue(requestId, out var running))
        {
            Cancel(running);
        }
    }

    public void CancelAll()
    {
        foreach (var running in _running.Values)
        {
            Cancel(running);
        }
    }

    private static void Cancel(CancellationTokenSource running)
    {
        try
        {
            running.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has been answered in the meantime.
        }
    }
}
