using Microsoft.Extensions.Logging;
using Npgsql;

namespace CentralOps.Gateway.Storage.Postgres;

/// <summary>
/// Others' changes: told by NOTIFY, and looked for every second besides, because a pooler in between may keep notifications to itself. Holds one
/// connection as long as it watches.
/// </summary>
internal sealed partial class PostgresWatch(PostgresConnections connections, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private NpgsqlConnection? _connection;
    private long _seen;
    private bool _away;

    /// <returns>The next revision; null when it was cancelled.</returns>
    public async ValueTask<long?> NextAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await LookAsync(cancellationToken) is { } changed)
                {
                    _away = false;
                    return changed;
                }
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException)
            {
                await LeaveAsync(fault);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private async ValueTask<long?> LookAsync(CancellationToken cancellationToken)
    {
        if (_connection is null)
        {
            _connection = await connections.OpenAsync(cancellationToken);
            await _connection.Command(null, $"LISTEN {PostgresWriter.Channel}").ExecuteAsync(cancellationToken);
            return _seen = await RevisionAsync(_connection, cancellationToken);
        }

        await _connection.WaitAsync(PollEvery, cancellationToken);
        var revision = await RevisionAsync(_connection, cancellationToken);
        if (revision == _seen)
        {
            return null;
        }

        return _seen = revision;
    }

    private static ValueTask<long> RevisionAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.Command(null, "SELECT value FROM centralops_revision").NumberAsync(cancellationToken);

    private async ValueTask LeaveAsync(Exception fault)
    {
        if (!_away)
        {
            LogAway(PostgresFaults.Describe(fault, connections.Url));
        }

        _away = true;
        connections.Forget(fault);
        await DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes cannot be watched for the moment. {Reason}")]
    private partial void LogAway(string reason);
}
