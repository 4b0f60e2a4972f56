using Npgsql;

namespace CentralOps.Gateway.Storage.Postgres;

/// <summary>What the driver reports, as a sentence with the repair. A server's own text is not passed on: it may quote values.</summary>
internal static class PostgresFaults
{
    /// <summary>The same may succeed in a moment: the server is away, restarts, or two transactions met.</summary>
    public static bool MayPass(Exception fault) =>
        fault switch
        {
            PostgresException refused => refused.IsTransient || refused.SqlState is "40001" or "40P01" or "55P03" or "25P03" or "57P01" or "57P02" or "57P03" or "57P05",
            // A certificate that is not trusted stays so.
            NpgsqlException { InnerException: System.Security.Authentication.AuthenticationException } => false,
            NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException => true,
            _ => false,
        };

    public static string Describe(Exception fault, PostgresUrl url) =>
        fault switch
        {
            PostgresException { SqlState: "28P01" or "28000" } => $"The database {url} refuses the user or the password of {DatabaseUrl.Variable}: correct them.",
            PostgresException { SqlState: "3D000" } => $"The database {url} does not exist on its server: create it first (CREATE DATABASE).",
            PostgresException { SqlState: "42501" or "3F000" } => $"The database {url} does not let this user make or use its tables: make the user the owner of the database and of a schema in its search_path.",
            PostgresException { SqlState: "25006" } => $"The database {url} takes no writes: it is a standby, or set to read only; name the primary.",
            PostgresException { SqlState: "53100" } => $"The database {url} has no room on its disk any more: make room.",
            PostgresException { SqlState: "53300" } => $"The database {url} has no connection to spare: raise its max_connections.",
            PostgresException refused when MayPass(refused) => $"The database {url} is not ready ({State(refused)}): try again in a moment.",
            PostgresException refused => $"The database {url} failed with SQLSTATE {State(refused)}.",
            NpgsqlException { InnerException: System.Security.Authentication.AuthenticationException } =>
                $"The database {url} shows no certificate that is trusted for its name: correct the host, or name its certificate authority's file with sslrootcert=FILE.",
            _ => $"The database {url} does not answer: look whether it runs and can be reached from here.",
        };

    private static string State(PostgresException refused) => Printable.Text(refused.SqlState, 5);
}
