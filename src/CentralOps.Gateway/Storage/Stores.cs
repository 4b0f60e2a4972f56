using CentralOps.Gateway.Storage.Postgres;
using CentralOps.Gateway.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Storage;

/// <summary>Opens what a URL names.</summary>
public static class Stores
{
    /// <summary>Makes the database's tables, or brings them up to date. A server that is not there yet is waited for, 30 seconds at most.</summary>
    /// <exception cref="GatewayStartException">It cannot be used; the message says why and what to change.</exception>
    public static async ValueTask<IStore> OpenAsync(DatabaseUrl url, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken) =>
        url switch
        {
            DatabaseUrl.Sqlite { File: var file } => await SqliteStore.OpenAsync(file, time, logs.CreateLogger<SqliteStore>(), cancellationToken),
            DatabaseUrl.Server { Url: var server } => await PostgresStore.OpenAsync(server, time, logs.CreateLogger<PostgresStore>(), cancellationToken),
            _ => throw new NotSupportedException($"There is no store for {url}."),
        };
}
