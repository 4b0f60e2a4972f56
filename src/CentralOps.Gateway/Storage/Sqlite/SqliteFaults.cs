using Microsoft.Data.Sqlite;

namespace CentralOps.Gateway.Storage.Sqlite;

/// <summary>What SQLite reports, as a sentence with the repair. Its own text is not passed on: it may hold SQL.</summary>
internal static class SqliteFaults
{
    private const int Busy = 5;
    private const int Locked = 6;

    public static bool IsBusy(SqliteException fault) => fault.SqliteErrorCode is Busy or Locked;

    public static string Describe(SqliteException fault, string path)
    {
        var database = $"The database {Printable.Text(path, 200)}";
        return fault.SqliteErrorCode switch
        {
            Busy or Locked => $"{database} is held by another process's write for too long: look for a process that hangs while it writes.",
            8 => $"{database} may not be written: give its file and directory to this user, and take a read-only mount away.",
            10 => $"{database} cannot be read or written (input/output error {fault.SqliteExtendedErrorCode}): look at the disk.",
            11 => $"{database} is damaged: restore it from a backup.",
            13 => $"{database} does not fit on its disk any more: make room.",
            14 => $"{database} cannot be opened: look whether its file and directory are there and this user's.",
            26 => $"{database} is no SQLite database: name another file.",
            _ => $"{database} failed with SQLite's error {fault.SqliteExtendedErrorCode}.",
        };
    }
}
