using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Storage.Postgres;

/// <summary>Documents in PostgreSQL (12 or later), for any number of replicas.</summary>
internal sealed class PostgresStore : IStore
{
    private const string Clock = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    /// <summary>For a server that is away for a moment: a caller waits for it no longer than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>For a server that starts beside the gateway.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private readonly PostgresConnections _connections;
    private readonly PostgresWriter _writer;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    private PostgresStore(PostgresUrl url, TimeProvider time, ILogger log)
    {
        _connections = new PostgresConnections(url, time);
        _writer = new PostgresWriter(_connections);
        _time = time;
        _log = log;
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <exception cref="GatewayStartException">The server is not there, refuses us, or a newer version made the schema.</exception>
    public static async ValueTask<PostgresStore> OpenAsync(PostgresUrl url, TimeProvider time, ILogger log, CancellationToken cancellationToken)
    {
        var store = new PostgresStore(url, time, log);
        try
        {
            await store._connections.UseAsync(StartPatience, connection => PostgresSchema.MigrateAsync(connection, url.ToString(), time.GetUtcNow(), cancellationToken), cancellationToken);
            await store._connections.UseAsync(Patience, connection => new Leases(connection, Clock, 0).SweepAsync(cancellationToken), cancellationToken);
            await store.SweepAsync(cancellationToken);
            return store;
        }
        catch (StoreException fault)
        {
            await store.DisposeAsync();
            throw new GatewayStartException(fault.Message, fault);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public ValueTask<StoredDocument?> FindAsync(string kind, string id, CancellationToken cancellationToken) =>
        StoreLimits.IsKey(kind) && StoreLimits.IsKey(id)
            ? _connections.UseAsync(Patience, connection => DocumentReads.FindAsync(connection, kind, id, Now, cancellationToken), cancellationToken)
            : default;

    public ValueTask<StoredDocument?> FindByNameAsync(string kind, string parent, string name, CancellationToken cancellationToken) =>
        StoreLimits.IsKey(kind) && StoreLimits.IsKey(parent) && StoreLimits.IsKey(name)
            ? _connections.UseAsync(Patience, connection => DocumentReads.FindByNameAsync(connection, kind, parent, name, Now, cancellationToken), cancellationToken)
            : default;

    public ValueTask<IReadOnlyList<StoredDocument>> ListAsync(string kind, string? parent, StoredPosition? after, int limit, CancellationToken cancellationToken) =>
        StoreLimits.IsKey(kind) && StoreLimits.IsKey(parent ?? "") && StoreLimits.IsKey(after?.Id ?? "")
            ? _connections.UseAsync(Patience, connection => DocumentReads.ListAsync(connection, kind, parent, after, limit, Now, cancellationToken), cancellationToken)
            : new([]);

    public ValueTask<long> CountAsync(string kind, string? parent, CancellationToken cancellationToken) =>
        StoreLimits.IsKey(kind) && StoreLimits.IsKey(parent ?? "")
            ? _connections.UseAsync(Patience, connection => DocumentReads.CountAsync(connection, null, kind, parent, Now, cancellationToken), cancellationToken)
            : default;

    public ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        StoreLimits.Check(writes);
        return _writer.WriteAsync((connection, transaction, revision) => new DocumentWrites(connection, transaction, revision, Now).ApplyAsync(writes, cancellationToken), cancellationToken);
    }

    public async IAsyncEnumerable<long> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var watch = new PostgresWatch(_connections, _time, _log);
        while (await watch.NextAsync(cancellationToken) is { } revision)
        {
            yield return revision;
        }
    }

    public ValueTask<bool> TryLeaseAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        StoreLimits.CheckLease(name, owner, duration);
        return _connections.UseAsync(Patience, connection => new Leases(connection, Clock, 0).TryTakeAsync(name, owner, duration, cancellationToken), cancellationToken);
    }

    public async ValueTask ReleaseAsync(string name, string owner, CancellationToken cancellationToken) =>
        await _connections.UseAsync(Patience, connection => new Leases(connection, Clock, 0).ReleaseAsync(name, owner, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async ValueTask SweepAsync(CancellationToken cancellationToken)
    {
        var swept = DocumentWrites.SweptAtOnce;
        while (swept == DocumentWrites.SweptAtOnce)
        {
            await _writer.WriteAsync(async (connection, transaction, revision) =>
            {
                swept = await new DocumentWrites(connection, transaction, revision, Now).SweepAsync(cancellationToken);
                return swept > 0 ? WriteOutcome.Written : WriteOutcome.Stale;
            }, cancellationToken);
        }
    }
}
