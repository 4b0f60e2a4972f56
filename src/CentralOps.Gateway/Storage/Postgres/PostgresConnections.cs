using Microsoft.Extensions.Logging;
using Npgsql;

namespace CentralOps.Gateway.Storage.Postgres;

/// <summary>Connections to one server. What fails because the server is away for a moment, or because two transactions met, is done again.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;

    public PostgresConnections(PostgresUrl url, TimeProvider time, ILoggerFactory? logs = null)
    {
        // Slim: without the parts that look into types when the program runs, which a trimmed one may not have.
        var builder = new NpgsqlSlimDataSourceBuilder(url.Settings.ConnectionString);
        builder.EnableTransportSecurity();
        if (logs is not null)
        {
            builder.UseLoggerFactory(logs);
        }

        _source = builder.Build();
        _time = time;
        Url = url;
    }

    public PostgresUrl Url { get; }

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    /// <summary>With a connection, again and again while it may pass, as long as <paramref name="patience"/>.</summary>
    /// <param name="work">Has no effect where it failed.</param>
    /// <exception cref="StoreException">It does not pass.</exception>
    public async ValueTask<T> UseAsync<T>(TimeSpan patience, Func<NpgsqlConnection, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await using var connection = await OpenAsync(cancellationToken);
                return await work(connection);
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException && !cancellationToken.IsCancellationRequested)
            {
                if (!PostgresFaults.MayPass(fault) || _time.GetElapsedTime(started) >= patience)
                {
                    throw new StoreException(PostgresFaults.Describe(fault, Url), fault);
                }

                Forget(fault);
            }

            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    /// <summary>After a restart every idle connection is dead: none of them is tried in turn.</summary>
    public void Forget(Exception fault)
    {
        if (fault is not PostgresException { SqlState: "40001" or "40P01" or "55P03" })
        {
            _source.Clear();
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
