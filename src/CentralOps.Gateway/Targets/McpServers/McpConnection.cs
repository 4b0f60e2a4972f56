using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>
/// The client of one server, shared by all callers of its target: agrees on a revision once, and remakes a session that the server has lost
/// without anybody noticing.
/// </summary>
internal sealed class McpConnection(McpChannel channel, McpNegotiation negotiation, McpAnswers answers, TimeSpan timeout, TimeProvider time) : IAsyncDisposable
{
    private const int MaxLinks = 256;

    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(3);

    // One for the target's own credential, one for each Authorization that an interceptor gives: a session belongs to who began it.
    private readonly ConcurrentDictionary<string, McpLinkSlot> _links = new(StringComparer.Ordinal);
    private readonly Deadlines _deadlines = new(timeout, time);
    private long _lastId;

    public McpFailures Failures => channel.Failures;

    public IReadOnlyList<string> Warnings => channel.Warnings;

    /// <summary>What was agreed, agreeing first where nothing is yet.</summary>
    public async ValueTask<(McpLink? Link, TargetFailure? Failure)> LinkAsync(CancellationToken cancellationToken)
    {
        using var deadline = _deadlines.Begin(cancellationToken);
        try
        {
            return await SlotFor(null).GetAsync(stale: null, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, channel.Failures.TimedOut(timeout));
        }
    }

    /// <summary>Sends a request and reads its answer; once more in a new session where the server has lost the one that was agreed.</summary>
    public async ValueTask<(McpReply Reply, McpLink? Link)> RequestAsync(McpRequest request, CancellationToken cancellationToken)
    {
        using var deadline = _deadlines.Begin(cancellationToken);
        var slot = SlotFor(request.Authorization);
        var (id, link, stale) = (0L, default(McpLink), default(McpLink));
        try
        {
            while (true)
            {
                (link, var failure) = await slot.GetAsync(stale, deadline.Token);
                if (link is null)
                {
                    return (McpReply.Failed(failure!), null);
                }

                id = Interlocked.Increment(ref _lastId);
                (var response, failure) = await channel.PostAsync(request.Write(id, link.Dialect), link, request, deadline.Token);
                var reply = response is null ? McpReply.Failed(failure!) : await answers.ReadAsync(response, id, link, request, deadline.Token);
                if (stale is not null || !IsStale(reply, link, request))
                {
                    return (reply, link);
                }

                // The server did not take the request, so that it cannot have run.
                (stale, link) = (link, null);
            }
        }
        catch (OperationCanceledException)
        {
            Abandon(id, link, request);
            cancellationToken.ThrowIfCancellationRequested();
            return (McpReply.Failed(channel.Failures.TimedOut(timeout)), null);
        }
    }

    /// <summary>Ends the sessions. Nobody waits long for that.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(FarewellPatience, time);
        foreach (var (_, slot) in _links)
        {
            if (slot.Current is { SessionId: not null } link)
            {
                await QuietlyAsync(() => channel.DeleteAsync(link, slot.Authorization, patience.Token));
            }
        }

        _links.Clear();
    }

    /// <summary>Tells the server that nobody waits any more; in the stateless revision the closed connection says it.</summary>
    private void Abandon(long id, McpLink? link, McpRequest request)
    {
        if (link is { Dialect.IsStateless: false })
        {
            _ = CancelAsync(id, link, request);
        }
    }

    private async Task CancelAsync(long id, McpLink link, McpRequest request)
    {
        using var patience = new CancellationTokenSource(FarewellPatience, time);
        var body = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{id}}},"reason":"The caller no longer waits."}}"""));
        await QuietlyAsync(() => channel.PostAsync(body, link, request with { Method = "" }, patience.Token));
    }

    private static async Task QuietlyAsync(Func<ValueTask<(HttpResponseMessage? Response, TargetFailure? Failure)>> send)
    {
        try
        {
            var (response, _) = await send();
            response?.Dispose();
        }
        catch (Exception)
        {
            // A courtesy to the server: nothing depends on it.
        }
    }

    /// <summary>The server has forgotten what was agreed, and has said so without running anything.</summary>
    private static bool IsStale(McpReply reply, McpLink link, McpRequest request)
    {
        if (request.Headers.Count > 0 && request.Headers.Any(header => string.Equals(header.Key, McpHeaders.Session, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        if (link.Dialect.IsStateless)
        {
            return reply.ErrorCode == (int)McpErrorCode.UnsupportedProtocolVersion || (reply.Status == 400 && reply.Message.Kind == RpcKind.Garbage);
        }

        return (reply.Status, reply.ErrorCode) switch
        {
            (404, (int)McpErrorCode.MethodNotFound) => false,
            (404, _) => link.SessionId is not null,
            (400, (int)McpErrorCode.UnsupportedProtocolVersion or (int)McpErrorCode.HeaderMismatch) => true,
            // What the official SDKs answer after a restart.
            (400, -32000 or -32001) => RpcError.TextOf(reply.Message) is var text
                && (text.Contains("session", StringComparison.OrdinalIgnoreCase) || text.Contains("not initialized", StringComparison.OrdinalIgnoreCase)),
            _ => false,
        };
    }

    private McpLinkSlot SlotFor(string? authorization)
    {
        var key = authorization is null ? "" : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(authorization)));
        if (_links.TryGetValue(key, out var slot))
        {
            return slot;
        }

        if (_links.Count >= MaxLinks)
        {
            foreach (var (old, _) in _links.Where(link => link.Key.Length > 0).Take(MaxLinks / 2).ToArray())
            {
                _links.TryRemove(old, out _);
            }
        }

        return _links.GetOrAdd(key, new McpLinkSlot(negotiation, channel.Failures, authorization, timeout, time));
    }
}
