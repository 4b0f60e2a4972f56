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
    private long _lastId;

    public McpFailures Failures => channel.Failures;

    public IReadOnlyList<string> Warnings => channel.Warnings;

    /// <summary>What was agreed, agreeing first where nothing is yet.</summary>
    public async ValueTask<(McpLink? Link, TargetFailure? Failure)> LinkAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await SlotFor(null).GetAsync(stale: null, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, channel.Failures.TimedOut(timeout));
        }
    }

    public async ValueTask<(McpReply Reply, McpLink? Link)> RequestAsync(McpRequest request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await SendAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
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

    private async ValueTask<(McpReply Reply, McpLink? Link)> SendAsync(McpRequest request, CancellationToken cancellationToken)
    {
        var slot = SlotFor(request.Authorization);
        var (link, failure) = await slot.GetAsync(stale: null, cancellationToken);
        if (link is null)
        {
            return (McpReply.Failed(failure!), null);
        }

        var reply = await SendAsync(request, link, cancellationToken);
        if (!IsStale(reply, link, request))
        {
            return (reply, link);
        }

        // The server did not take the request, so that it cannot have run: it is sent once more in a session that is new.
        (link, failure) = await slot.GetAsync(stale: link, cancellationToken);
        return link is null ? (McpReply.Failed(failure!), null) : (await SendAsync(request, link, cancellationToken), link);
    }

    private async ValueTask<McpReply> SendAsync(McpRequest request, McpLink link, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        try
        {
            var (response, failure) = await channel.PostAsync(request.Write(id, link.Dialect), link, request, cancellationToken);
            return response is null ? McpReply.Failed(failure!) : await answers.ReadAsync(response, id, link, request, cancellationToken);
        }
        catch (OperationCanceledException) when (!link.Dialect.IsStateless)
        {
            // In the stateless revision the closed connection says it.
            _ = CancelAsync(id, link, request);
            throw;
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

    private static async Task QuietlyAsync(Func<Task<(HttpResponseMessage? Response, TargetFailure? Failure)>> send)
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
        if (request.Headers.Any(header => string.Equals(header.Key, McpHeaders.Session, StringComparison.OrdinalIgnoreCase)))
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
