using System.Data.Common;

namespace CentralOps.Gateway.Storage;

/// <summary>Documents as either database gives them. What has expired is not there, whether or not it was swept away yet.</summary>
internal static class DocumentReads
{
    private const string Columns = "SELECT kind, id, parent, name, version, body, created FROM centralops_document";

    private const string Alive = "(expires IS NULL OR expires > @now)";

    public static ValueTask<StoredDocument?> FindAsync(DbConnection connection, string kind, string id, long now, CancellationToken cancellationToken) =>
        OneAsync(connection.Command(null, $"{Columns} WHERE kind = @kind AND id = @id AND {Alive}", ("@kind", kind), ("@id", id), ("@now", now)), cancellationToken);

    public static ValueTask<StoredDocument?> FindByNameAsync(DbConnection connection, string kind, string parent, string name, long now, CancellationToken cancellationToken) =>
        OneAsync(
            connection.Command(null, $"{Columns} WHERE kind = @kind AND parent = @parent AND name = @name AND {Alive}", ("@kind", kind), ("@parent", parent), ("@name", name), ("@now", now)),
            cancellationToken);

    public static ValueTask<long> CountAsync(DbConnection connection, DbTransaction? transaction, string kind, string? parent, long now, CancellationToken cancellationToken) =>
        connection.Command(
            transaction,
            $"SELECT COUNT(*) FROM centralops_document WHERE kind = @kind{Of(parent)} AND {Alive}",
            parent is null ? [("@kind", kind), ("@now", now)] : [("@kind", kind), ("@now", now), ("@parent", parent)]).NumberAsync(cancellationToken);

    /// <summary>Asks first how large the bodies are (both databases know without reading them), then for as many as a page may hold.</summary>
    public static async ValueTask<IReadOnlyList<StoredDocument>> ListAsync(
        DbConnection connection, string kind, string? parent, StoredPosition? after, int limit, long now, CancellationToken cancellationToken)
    {
        var page = Math.Clamp(limit, 1, StoreLimits.PageDocuments);
        page = await FittingAsync(Page("SELECT length(body) FROM centralops_document", page), cancellationToken);
        if (page == 0)
        {
            return [];
        }

        await using var command = Page(Columns, page);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var documents = new List<StoredDocument>(page);
        var bytes = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            var document = Read(reader);
            bytes += document.Body.Length;
            if (documents.Count > 0 && bytes > StoreLimits.PageBytes)
            {
                break; // One of them grew in between.
            }

            documents.Add(document);
        }

        return documents;

        DbCommand Page(string select, int count)
        {
            var query = connection.Command(
                null,
                $"{select} WHERE kind = @kind{Of(parent)} AND (created, id) > (@created, @id) AND {Alive} ORDER BY created, id LIMIT {count}",
                ("@kind", kind), ("@created", after?.Created ?? -1), ("@id", after?.Id ?? ""), ("@now", now));
            if (parent is not null)
            {
                var parameter = query.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ("@parent", parent);
                query.Parameters.Add(parameter);
            }

            return query;
        }
    }

    private static string Of(string? parent) => parent is null ? "" : " AND parent = @parent";

    private static async ValueTask<int> FittingAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var (count, bytes) = (0, 0L);
            while (await reader.ReadAsync(cancellationToken))
            {
                bytes += Number(reader, 0);
                if (count > 0 && bytes > StoreLimits.PageBytes)
                {
                    break;
                }

                count++;
            }

            return count;
        }
    }

    private static async ValueTask<StoredDocument?> OneAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
        }
    }

    private static StoredDocument Read(DbDataReader reader)
    {
        var id = reader.GetString(1);
        return new StoredDocument(
            reader.GetString(0), id, reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetInt64(4),
            reader.GetFieldValue<byte[]>(5), new StoredPosition(reader.GetInt64(6), id));
    }

    // PostgreSQL's length is a 4-byte number, SQLite's an 8-byte one.
    private static long Number(DbDataReader reader, int column) => Convert.ToInt64(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);
}
