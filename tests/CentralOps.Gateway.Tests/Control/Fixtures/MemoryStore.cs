using System.Runtime.CompilerServices;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Tests.Control.Fixtures;

/// <summary>A store in memory, whose clock a test can move and which a test can take away. Several replicas may share one.</summary>
internal sealed class MemoryStore(TimeProvider time) : IStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, Row>> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Owner, DateTimeOffset Until)> _leases = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _revision;

    /// <summary>It answers nobody.</summary>
    public bool Away { get; set; }

    /// <summary>Asked before each write; what it throws, the store throws.</summary>
    public Action<IReadOnlyList<StoreWrite>> BeforeWrite { get; set; } = static _ => { };

    public IReadOnlyDictionary<string, string> LeaseOwners
    {
        get
        {
            lock (_gate)
            {
                return _leases.ToDictionary(lease => lease.Key, lease => lease.Value.Owner, StringComparer.Ordinal);
            }
        }
    }

    public ValueTask<StoredDocument?> FindAsync(string kind, string id, CancellationToken cancellationToken) =>
        Ask(() => Of(kind).TryGetValue(id, out var row) && IsLive(row) ? row.Document : null);

    public ValueTask<StoredDocument?> FindByNameAsync(string kind, string parent, string name, CancellationToken cancellationToken) =>
        Ask(() => Live(kind, parent).FirstOrDefault(row => row.Document.Name == name)?.Document);

    public ValueTask<IReadOnlyList<StoredDocument>> ListAsync(string kind, string? parent, StoredPosition? after, int limit, CancellationToken cancellationToken) =>
        Ask<IReadOnlyList<StoredDocument>>(() =>
        [
            .. Live(kind, parent).Select(row => row.Document).OrderBy(document => document.Position.Created).ThenBy(document => document.Id, StringComparer.Ordinal)
                .Where(document => after is not { } at || document.Position.Created > at.Created
                    || (document.Position.Created == at.Created && string.CompareOrdinal(document.Id, at.Id) > 0))
                .Take(limit),
        ]);

    public ValueTask<long> CountAsync(string kind, string? parent, CancellationToken cancellationToken) => Ask(() => (long)Live(kind, parent).Count());

    public ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeWrite(writes);
        return Ask(() =>
        {
            var undo = new List<(Dictionary<string, Row> Rows, string Id, Row? Before)>();
            foreach (var write in writes)
            {
                undo.Add((Of(write.Kind), write.Id, Of(write.Kind).GetValueOrDefault(write.Id)));
                if (Apply(write) is not WriteOutcome.Written and var refused)
                {
                    Undo(undo);
                    return refused;
                }
            }

            _revision++;
            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
            return WriteOutcome.Written;
        });
    }

    public async IAsyncEnumerable<long> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            long revision;
            lock (_gate)
            {
                (next, revision) = (_changed.Task, _revision);
            }

            yield return revision;
            await next.WaitAsync(cancellationToken);
        }
    }

    public ValueTask<bool> TryLeaseAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken) => Ask(() =>
    {
        if (_leases.TryGetValue(name, out var held) && held.Owner != owner && held.Until > time.GetUtcNow())
        {
            return false;
        }

        _leases[name] = (owner, time.GetUtcNow() + duration);
        return true;
    });

    public ValueTask ReleaseAsync(string name, string owner, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_leases.TryGetValue(name, out var held) && held.Owner == owner)
            {
                _leases.Remove(name);
            }
        }

        return default;
    }

    public ValueTask DisposeAsync() => default;

    private ValueTask<T> Ask<T>(Func<T> ask)
    {
        lock (_gate)
        {
            return Away ? throw new StoreException("The database is away.") : ValueTask.FromResult(ask());
        }
    }

    private static void Undo(List<(Dictionary<string, Row> Rows, string Id, Row? Before)> done)
    {
        foreach (var (rows, id, before) in Enumerable.Reverse(done))
        {
            if (before is null)
            {
                rows.Remove(id);
                continue;
            }

            rows[id] = before;
        }
    }

    private Dictionary<string, Row> Of(string kind)
    {
        if (!_kinds.TryGetValue(kind, out var rows))
        {
            _kinds.Add(kind, rows = new(StringComparer.Ordinal));
        }

        return rows;
    }

    private bool IsLive(Row row) => !(row.Expires <= time.GetUtcNow());

    private IEnumerable<Row> Live(string kind, string? parent) => Of(kind).Values.Where(row => (parent is null || row.Document.Parent == parent) && IsLive(row));

    private WriteOutcome Apply(StoreWrite write)
    {
        var rows = Of(write.Kind);
        var row = rows.GetValueOrDefault(write.Id);
        switch (write)
        {
            case StoreWrite.Insert insert:
                if ((row is not null && IsLive(row)) || IsTaken(insert.Kind, insert.Parent, insert.Name, null))
                {
                    return WriteOutcome.Taken;
                }

                var position = new StoredPosition(time.GetUtcNow().ToUnixTimeMilliseconds(), insert.Id);
                rows[write.Id] = new(new(insert.Kind, insert.Id, insert.Parent, insert.Name, 1, insert.Body.ToArray(), position), insert.Expires);
                return WriteOutcome.Written;
            case StoreWrite.Update update:
                if (row?.Document.Version != update.Version)
                {
                    return WriteOutcome.Stale;
                }

                if (update.Rename is { } name && IsTaken(update.Kind, row.Document.Parent, name, update.Id))
                {
                    return WriteOutcome.Taken;
                }

                rows[write.Id] = row with { Document = row.Document with { Version = update.Version + 1, Body = update.Body.ToArray(), Name = update.Rename ?? row.Document.Name } };
                return WriteOutcome.Written;
            case StoreWrite.Delete delete:
                return row?.Document.Version == delete.Version && rows.Remove(write.Id) ? WriteOutcome.Written : WriteOutcome.Stale;
            case StoreWrite.Require require:
                return row?.Document.Version == require.Version ? WriteOutcome.Written : WriteOutcome.Stale;
            case StoreWrite.AtMost most:
                return Live(most.Kind, most.Parent).Count() <= most.Count ? WriteOutcome.Written : WriteOutcome.Full;
            default:
                throw new NotSupportedException();
        }
    }

    private bool IsTaken(string kind, string parent, string? name, string? but) =>
        name is not null && Live(kind, parent).Any(row => row.Document.Name == name && row.Document.Id != but);

    private sealed record Row(StoredDocument Document, DateTimeOffset? Expires);
}
