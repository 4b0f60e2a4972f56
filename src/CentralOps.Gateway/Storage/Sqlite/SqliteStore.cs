using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Storage.Sqlite;

/// <summary>Documents in one file: for one machine, whose processes may share it.</summary>
internal sealed partial class SqliteStore : IStore
{
    private const string Clock = "@clock";

    /// <summary>How often others' changes are looked for; our own are seen at once.</summary>
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(200);

    private readonly SqliteConnections _connections;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Signal _changed = new();

    private SqliteStore(string path, TimeProvider time, ILogger log)
    {
        _connections = new SqliteConnections(path, time);
        _time = time;
        _log = log;
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <exception cref="GatewayStartException">The file is not ours, a newer version's, or cannot be used.</exception>
    public static async ValueTask<SqliteStore> OpenAsync(string path, TimeProvider time, ILogger log, CancellationToken cancellationToken)
    {
        // The provider would find this by reflection, which a trimmed program may not have.
        SQLitePCL.Batteries_V2.Init();
        SqliteFile.Make(path);
        var store = new SqliteStore(path, time, log);
        try
        {
            await store._connections.WriteAsync(async connection =>
            {
                await SqliteFile.MigrateAsync(connection, path, time.GetUtcNow(), cancellationToken);
                return await new Leases(connection, Clock, store.Now).SweepAsync(cancellationToken);
            }, cancellationToken);
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
            ? _connections.ReadAsync(connection => DocumentReads.FindAsync(connection, kind, id, Now, cancellationToken), cancellationToken)
            : default;

    public ValueTask<StoredDocument?> FindByNameAsync(string kind, string parent, string name, CancellationToken cancellationToken) =>
        StoreLimits.IsKey(kind) && StoreLimits.IsKey(parent) && StoreLimits.IsKey(name)
            ? _connections.ReadAsync(connection => DocumentReads.FindByNameAsync(connection, kind, parent, name, Now, cancellationToken), cancellationToken)
            : default;

    public ValueTask<IReadOnlyList<StoredDocument>> ListAsync(string kind, string? parent, StoredPosition? after, int limit, CancellationToken cancellationToken) =>
        StoreLimits.IsKey(kind) && StoreLimits.IsKey(parent ?? "") && StoreLimits.IsKey(after?.Id ?? "")
            ? _connections.ReadAsync(connection => DocumentReads.ListAsync(connection, kind, parent, after, limit, Now, cancellationToken), cancellationToken)
            : new([]);

    public ValueTask<long> CountAsync(string kind, string? parent, CancellationToken cancellationToken) =>
        StoreLimits.IsKey(kind) && StoreLimits.IsKey(parent ?? "")
            ? _connections.ReadAsync(connection => DocumentReads.CountAsync(connection, null, kind, parent, Now, cancellationToken), cancellationToken)
            : default;

    public async ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        StoreLimits.Check(writes);
        var outcome = await InTransactionAsync((connection, transaction, revision) =>
            new DocumentWrites(connection, transaction, revision, Now).ApplyAsync(writes, cancellationToken), cancellationToken);
        if (outcome is WriteOutcome.Written)
        {
            _changed.Set();
        }

        return outcome;
    }

    public async IAsyncEnumerable<long> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? seen = null;
        var away = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            // Taken before the look: a change in between is not slept through.
            var next = _changed.Next;
            var now = await RevisionAsync(away, cancellationToken);
            if (now is not null && (now != seen || away))
            {
                seen = now;
                yield return now.Value;
            }

            away = now is null;
            await PauseAsync(next, cancellationToken);
        }
    }

    public ValueTask<bool> TryLeaseAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        StoreLimits.CheckLease(name, owner, duration);
        return _connections.WriteAsync(connection => new Leases(connection, Clock, Now).TryTakeAsync(name, owner, duration, cancellationToken), cancellationToken);
    }

    public async ValueTask ReleaseAsync(string name, string owner, CancellationToken cancellationToken) =>
        await _connections.WriteAsync(connection => new Leases(connection, Clock, Now).ReleaseAsync(name, owner, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private ValueTask<WriteOutcome> InTransactionAsync(Func<SqliteConnection, DbTransaction, long, ValueTask<WriteOutcome>> work, CancellationToken cancellationToken) =>
        _connections.WriteAsync(async connection =>
        {
            await using var transaction = connection.BeginTransaction(deferred: false);
            var revision = await connection.Command(transaction, "UPDATE centralops_revision SET value = value + 1 RETURNING value").NumberAsync(cancellationToken);
            var outcome = await work(connection, transaction, revision);
            if (outcome is WriteOutcome.Written)
            {
                transaction.Commit();
            }

            return outcome;
        }, cancellationToken);

    private async ValueTask SweepAsync(CancellationToken cancellationToken)
    {
        var swept = DocumentWrites.SweptAtOnce;
        while (swept == DocumentWrites.SweptAtOnce)
        {
            await InTransactionAsync(async (connection, transaction, revision) =>
            {
                swept = await new DocumentWrites(connection, transaction, revision, Now).SweepAsync(cancellationToken);
                return swept > 0 ? WriteOutcome.Written : WriteOutcome.Stale;
            }, cancellationToken);
        }
    }

    private async ValueTask<long?> RevisionAsync(bool away, CancellationToken cancellationToken)
    {
        try
        {
            return await _connections.ReadAsync(connection => connection.Command(null, "SELECT value FROM centralops_revision").NumberAsync(cancellationToken), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (StoreException fault)
        {
            if (!away)
            {
                LogAway(fault.Message);
            }

            return null;
        }
    }

    private async ValueTask PauseAsync(Task changed, CancellationToken cancellationToken)
    {
        try
        {
            await changed.WaitAsync(PollEvery, _time, cancellationToken);
        }
        catch (Exception ended) when (ended is TimeoutException or OperationCanceledException)
        {
            // Time to look, or to end.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes cannot be watched for the moment. {Reason}")]
    private partial void LogAway(string reason);
}
