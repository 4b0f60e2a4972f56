using System.Data.Common;

namespace CentralOps.Gateway.Storage;

/// <summary>
/// The changes of one write, within a transaction that holds the revision's row: writers come one after the other, on either database, so that
/// what a statement saw is still so at the next.
/// </summary>
internal sealed class DocumentWrites(DbConnection connection, DbTransaction transaction, long revision, long now)
{
    /// <summary>What has expired is taken away by whoever writes something that will expire: no more than so many at once.</summary>
    internal const int SweptAtOnce = 100;

    private const string Live = "kind = @kind AND id = @id AND version = @version AND (expires IS NULL OR expires > @now)";

    public async ValueTask<WriteOutcome> ApplyAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        foreach (var write in writes)
        {
            var outcome = await ApplyAsync(write, cancellationToken);
            if (outcome is not WriteOutcome.Written)
            {
                return outcome;
            }
        }

        if (writes.Any(write => write is StoreWrite.Insert { Expires: not null }))
        {
            await SweepAsync(cancellationToken);
        }

        return WriteOutcome.Written;
    }

    /// <returns>How many were swept away.</returns>
    public ValueTask<int> SweepAsync(CancellationToken cancellationToken) =>
        Command(
            $"DELETE FROM centralops_document WHERE (kind, id) IN (SELECT kind, id FROM centralops_document WHERE expires <= @now LIMIT {SweptAtOnce})",
            ("@now", now)).ExecuteAsync(cancellationToken);

    private async ValueTask<WriteOutcome> ApplyAsync(StoreWrite write, CancellationToken cancellationToken) =>
        write switch
        {
            StoreWrite.Insert insert => await InsertAsync(insert, cancellationToken),
            StoreWrite.Update update => await UpdateAsync(update, cancellationToken),
            StoreWrite.Delete delete => Fresh(await Command($"DELETE FROM centralops_document WHERE {Live}", Key(delete, delete.Version)).ExecuteAsync(cancellationToken)),
            StoreWrite.Require require => Fresh(await Command($"SELECT COUNT(*) FROM centralops_document WHERE {Live}", Key(require, require.Version)).NumberAsync(cancellationToken)),
            StoreWrite.AtMost most => await DocumentReads.CountAsync(connection, transaction, most.Kind, most.Parent, now, cancellationToken) > most.Count ? WriteOutcome.Full : WriteOutcome.Written,
            _ => throw new NotSupportedException($"A write of the kind {write.GetType().Name} is not known."),
        };

    private async ValueTask<WriteOutcome> InsertAsync(StoreWrite.Insert insert, CancellationToken cancellationToken)
    {
        await FreeAsync(insert.Kind, insert.Id, insert.Parent, insert.Name, cancellationToken);
        var inserted = await Command(
            "INSERT INTO centralops_document (kind, id, parent, name, version, body, created, expires) VALUES (@kind, @id, @parent, @name, 1, @body, @created, @expires) ON CONFLICT DO NOTHING",
            ("@kind", insert.Kind), ("@id", insert.Id), ("@parent", insert.Parent), ("@name", insert.Name), ("@body", Sql.Bytes(insert.Body)),
            ("@created", revision), ("@expires", insert.Expires?.ToUnixTimeMilliseconds())).ExecuteAsync(cancellationToken);
        return inserted == 1 ? WriteOutcome.Written : WriteOutcome.Taken;
    }

    private async ValueTask<WriteOutcome> UpdateAsync(StoreWrite.Update update, CancellationToken cancellationToken)
    {
        if (update.Rename is { } rename && await IsTakenAsync(update, rename, cancellationToken))
        {
            return WriteOutcome.Taken;
        }

        return Fresh(await Command(
            $"UPDATE centralops_document SET version = version + 1, body = @body{(update.Rename is null ? "" : ", name = @name")} WHERE {Live}",
            [.. Key(update, update.Version), ("@body", Sql.Bytes(update.Body)), .. Named(update.Rename)]).ExecuteAsync(cancellationToken));
    }

    private async ValueTask<bool> IsTakenAsync(StoreWrite.Update update, string rename, CancellationToken cancellationToken)
    {
        const string Others = "kind = @kind AND name = @name AND id <> @id AND parent = (SELECT parent FROM centralops_document WHERE kind = @kind AND id = @id)";
        (string, object?)[] values = [("@kind", update.Kind), ("@id", update.Id), ("@name", rename)];
        await Command($"DELETE FROM centralops_document WHERE {Others} AND expires <= @now", [.. values, ("@now", now)]).ExecuteAsync(cancellationToken);
        return await Command($"SELECT COUNT(*) FROM centralops_document WHERE {Others}", values).NumberAsync(cancellationToken) > 0;
    }

    /// <summary>What has expired holds neither id nor name.</summary>
    private ValueTask<int> FreeAsync(string kind, string id, string parent, string? name, CancellationToken cancellationToken) =>
        Command(
            $"DELETE FROM centralops_document WHERE kind = @kind AND expires <= @now AND (id = @id{(name is null ? "" : " OR (parent = @parent AND name = @name)")})",
            [("@kind", kind), ("@id", id), ("@now", now), .. name is null ? [] : Named(name).Append(("@parent", parent))]).ExecuteAsync(cancellationToken);

    private (string, object?)[] Key(StoreWrite write, long version) => [("@kind", write.Kind), ("@id", write.Id), ("@version", version), ("@now", now)];

    private static IEnumerable<(string, object?)> Named(string? name) => name is null ? [] : [("@name", name)];

    private static WriteOutcome Fresh(long rows) => rows == 1 ? WriteOutcome.Written : WriteOutcome.Stale;

    private DbCommand Command(string text, params ReadOnlySpan<(string Name, object? Value)> values) => connection.Command(transaction, text, values);
}
