using Microsoft.Data.Sqlite;

namespace CentralOps.Gateway.Storage.Sqlite;

/// <summary>
/// A database file that is its owner's alone. SQLite gives its side files (-wal, -shm) the file's own mode. The file is never opened here but by SQLite
/// itself: closing any descriptor of it would drop the locks that this process holds.
/// </summary>
internal static class SqliteFile
{
    /// <summary>"COps", which tells our files from anybody else's.</summary>
    private const long Application = 0x434F7073;

    /// <summary>Within SQLite; a caller's own waiting is longer and can be cancelled.</summary>
    private const int BusyMilliseconds = 250;

    /// <exception cref="GatewayStartException">The file cannot be made, or is not a file.</exception>
    public static void Make(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
            {
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            if (!File.Exists(path))
            {
                MakeEmpty(path);
            }

            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new GatewayStartException($"The database file {Printable.Text(path, 200)} cannot be made or is not ours: name a file in a directory that this user may write.", refused);
        }
    }

    /// <summary>A connection that a commit of which survives a power cut.</summary>
    public static async ValueTask<SqliteConnection> OpenAsync(string path, bool writes, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, ForeignKeys = true, DefaultTimeout = 1 }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await connection.Command(null, $"PRAGMA busy_timeout = {BusyMilliseconds}; PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL").ExecuteAsync(cancellationToken);
            await connection.Command(null, writes ? "PRAGMA journal_size_limit = 67108864" : "PRAGMA query_only = ON").ExecuteAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the file ours, or brings its schema up to date.</summary>
    /// <exception cref="GatewayStartException">It is another application's, or a newer version's.</exception>
    public static async ValueTask MigrateAsync(SqliteConnection connection, string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var shown = Printable.Text(path, 200);
        await CheckOwnerAsync(connection, null, shown, cancellationToken);
        await UseLogAsync(connection, shown, cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        // Again, now that nobody else writes: two processes may have begun on an empty file at once.
        await CheckOwnerAsync(connection, transaction, shown, cancellationToken);
        await connection.Command(transaction, Migrations.Table("INTEGER")).ExecuteAsync(cancellationToken);
        var applied = await connection.Command(transaction, "SELECT MAX(number) FROM centralops_migration").NumberAsync(cancellationToken);
        foreach (var migration in Migrations.After(applied, shown))
        {
            await connection.Command(transaction, migration.Sqlite).ExecuteAsync(cancellationToken);
            await connection.Command(transaction, "INSERT INTO centralops_migration (number, applied) VALUES (@number, @applied)", ("@number", migration.Number), ("@applied", now.ToUnixTimeMilliseconds()))
                .ExecuteAsync(cancellationToken);
        }

        await connection.Command(transaction, $"PRAGMA application_id = {Application}").ExecuteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static void MakeEmpty(string path)
    {
        try
        {
            using var _ = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first.
        }
    }

    private static async ValueTask CheckOwnerAsync(SqliteConnection connection, SqliteTransaction? transaction, string shown, CancellationToken cancellationToken)
    {
        var application = await connection.Command(transaction, "PRAGMA application_id").NumberAsync(cancellationToken);
        var tables = await connection.Command(transaction, "SELECT COUNT(*) FROM sqlite_master").NumberAsync(cancellationToken);
        if (application != Application && (application != 0 || tables > 0))
        {
            throw new GatewayStartException($"The file {shown} is another application's SQLite database: name a file that is not there yet, or one of a gateway.");
        }
    }

    private static async ValueTask UseLogAsync(SqliteConnection connection, string shown, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(null, "PRAGMA journal_mode = WAL");
        if (await command.ExecuteScalarAsync(cancellationToken) is not "wal")
        {
            throw new GatewayStartException($"The database {shown} cannot have a write-ahead log, as on network file systems: name a file on a local disk, or use PostgreSQL.");
        }
    }
}
