using Npgsql;

namespace CentralOps.Gateway.Storage.Postgres;

/// <summary>Brings the tables up to date; of several replicas that start at once, one does it and the others wait.</summary>
internal static class PostgresSchema
{
    /// <summary>"COps": any number that nobody else locks.</summary>
    private const long Lock = 0x434F7073;

    public static async ValueTask<bool> MigrateAsync(NpgsqlConnection connection, string shown, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A user who may only use the tables starts too, as long as there is nothing to change.
        if (await AppliedAsync(connection, null, cancellationToken) is var found && !Migrations.After(found, shown).Any())
        {
            return false;
        }

        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancellationToken);
        // Of the transaction, not of the session: a pooler in between may hand the session to another.
        await connection.Command(transaction, "SELECT pg_advisory_xact_lock(@lock)", ("@lock", Lock)).ExecuteAsync(cancellationToken);
        await connection.Command(transaction, Migrations.Table("BIGINT")).ExecuteAsync(cancellationToken);
        var applied = await AppliedAsync(connection, transaction, cancellationToken);
        foreach (var migration in Migrations.After(applied, shown))
        {
            await connection.Command(transaction, migration.Postgres).ExecuteAsync(cancellationToken);
            await connection.Command(transaction, "INSERT INTO centralops_migration (number, applied) VALUES (@number, @applied)", ("@number", (long)migration.Number), ("@applied", now.ToUnixTimeMilliseconds()))
                .ExecuteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async ValueTask<long> AppliedAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancellationToken) =>
        await connection.Command(transaction, "SELECT COUNT(*) FROM pg_catalog.pg_class WHERE oid = to_regclass('centralops_migration')").NumberAsync(cancellationToken) == 0
            ? 0
            : await connection.Command(transaction, "SELECT MAX(number) FROM centralops_migration").NumberAsync(cancellationToken);
}
