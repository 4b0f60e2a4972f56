using CentralOps.Cli.Running;
using Microsoft.Data.Sqlite;

namespace CentralOps.Cli.Agents.Chats;

/// <summary>The database of chats: in the state directory, its owner's alone.</summary>
internal static class ChatFile
{
    public const string Name = "chats.db";

    /// <summary>"COch", which tells our file from anybody else's.</summary>
    private const long Application = 0x434F6368;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS chat (
            id TEXT PRIMARY KEY, started INTEGER NOT NULL, last INTEGER NOT NULL, model TEXT NOT NULL, title TEXT NOT NULL, answers INTEGER NOT NULL, messages TEXT NOT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS chat_last ON chat (last);
        CREATE TABLE IF NOT EXISTS answer (
            chat TEXT NOT NULL REFERENCES chat (id) ON DELETE CASCADE, number INTEGER NOT NULL, at INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (chat, number)) STRICT;
        """;

    public static async Task<SqliteConnection> OpenAsync(StateDirectory state, CancellationToken cancellationToken)
    {
        var path = Path.Combine(state.Path, Name);
        SqliteConnection? connection = null;
        try
        {
            Make(state.Path, path);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, ForeignKeys = true }.ToString());
            await connection.OpenAsync(cancellationToken);
            await RunAsync(connection, "PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON", cancellationToken);
            if (await NumberAsync(connection, "PRAGMA application_id", cancellationToken) != Application && await NumberAsync(connection, "SELECT COUNT(*) FROM sqlite_master", cancellationToken) > 0)
            {
                throw new CommandFailedException($"{path} is another application's database: move it away, or choose another directory with --state DIR.");
            }

            await RunAsync(connection, $"PRAGMA application_id = {Application}; {Schema}", cancellationToken);
            return connection;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException)
        {
            await CloseAsync(connection);
            throw new CommandFailedException($"The chats in {path} cannot be opened: see that it is a file that you may write, or choose another directory with --state DIR.");
        }
        catch
        {
            await CloseAsync(connection);
            throw;
        }
    }

    private static ValueTask CloseAsync(SqliteConnection? connection) => connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Side files get the file's own mode from SQLite.
    private static void Make(string directory, string path)
    {
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        if (!File.Exists(path))
        {
            try
            {
                using var made = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another chat was first.
            }
        }

        File.SetUnixFileMode(path, OwnerOnly);
    }

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<long> NumberAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken) is long number ? number : 0;
    }
}
