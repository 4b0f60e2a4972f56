namespace CentralOps.Gateway.Storage;

/// <summary>A step of the schema, in both dialects. A step that was released is never changed: the next one repairs it.</summary>
internal sealed record Migration(int Number, string Sqlite, string Postgres);

/// <summary>The schema, step by step. Which steps a database has had stands in its table <c>centralops_migration</c>.</summary>
internal static class Migrations
{
    public static readonly IReadOnlyList<Migration> All =
    [
        new(1, Documents("INTEGER", "BLOB", "TEXT"), Documents("BIGINT", "BYTEA", "TEXT COLLATE \"C\"")),
    ];

    public static int Newest => All[^1].Number;

    public static string Table(string whole) =>
        $"CREATE TABLE IF NOT EXISTS centralops_migration (number {whole} NOT NULL PRIMARY KEY, applied {whole} NOT NULL)";

    /// <exception cref="GatewayStartException">A newer version made this schema: an older one would not see what it means.</exception>
    public static IEnumerable<Migration> After(long applied, string database)
    {
        if (applied > Newest)
        {
            throw new GatewayStartException(
                $"The database {database} has schema {applied}, made by a newer version; this one knows schemas up to {Newest}. Start the newer version, or name another database.");
        }

        return All.Where(migration => migration.Number > applied);
    }

    // Text compares by bytes in both: SQLite's own order, PostgreSQL's "C".
    private static string Documents(string whole, string bytes, string text) =>
        $"""
        CREATE TABLE centralops_document (
            kind {text} NOT NULL, id {text} NOT NULL, parent {text} NOT NULL, name {text},
            version {whole} NOT NULL, body {bytes} NOT NULL, created {whole} NOT NULL, expires {whole},
            PRIMARY KEY (kind, id));
        CREATE UNIQUE INDEX centralops_document_name ON centralops_document (kind, parent, name) WHERE name IS NOT NULL;
        CREATE INDEX centralops_document_order ON centralops_document (kind, created, id);
        CREATE INDEX centralops_document_child ON centralops_document (kind, parent, created, id);
        CREATE INDEX centralops_document_expiry ON centralops_document (expires) WHERE expires IS NOT NULL;
        CREATE TABLE centralops_revision (one {whole} NOT NULL PRIMARY KEY CHECK (one = 1), value {whole} NOT NULL);
        INSERT INTO centralops_revision (one, value) VALUES (1, 0);
        CREATE TABLE centralops_lease (name {text} NOT NULL PRIMARY KEY, owner {text} NOT NULL, expires {whole} NOT NULL);
        """;
}
