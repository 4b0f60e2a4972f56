using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CentralOps.Gateway.Storage.Sqlite;

/// <summary>
/// One connection that writes and a few that read. Another process's write is waited for, cancellably. A connection that failed is closed, never used again.
/// </summary>
internal sealed class SqliteConnections(string path, TimeProvider time) : IAsyncDisposable
{
    private const int Readers = 8;

    /// <summary>For another process to end its write.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly SemaphoreSlim _places = new(Readers);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private SqliteConnection? _writer;
    private volatile bool _closed;

    public async ValueTask<T> ReadAsync<T>(Func<SqliteConnection, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await UntilFreeAsync(async () =>
            {
                var connection = _idle.TryTake(out var idle) ? idle : await OpenAsync(writes: false, cancellationToken);
                var answer = await UseAsync(connection, work);
                _idle.Add(connection);
                return answer;
            }, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await UntilFreeAsync(async () =>
            {
                var connection = _writer ?? await OpenAsync(writes: true, cancellationToken);
                _writer = null;
                var answer = await UseAsync(connection, work);
                _writer = connection;
                return answer;
            }, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Waits for what is under way; the last connection to close empties the log into the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        await _writing.WaitAsync();
        for (var place = 0; place < Readers; place++)
        {
            await _places.WaitAsync();
        }

        while (_idle.TryTake(out var reader))
        {
            await reader.DisposeAsync();
        }

        if (_writer is { } writer)
        {
            await writer.DisposeAsync();
        }

        _places.Dispose();
        _writing.Dispose();
    }

    private ValueTask<SqliteConnection> OpenAsync(bool writes, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return SqliteFile.OpenAsync(path, writes, cancellationToken);
    }

    private static async ValueTask<T> UseAsync<T>(SqliteConnection connection, Func<SqliteConnection, ValueTask<T>> work)
    {
        try
        {
            return await work(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async ValueTask<T> UntilFreeAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await work();
            }
            catch (SqliteException busy) when (SqliteFaults.IsBusy(busy) && time.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (SqliteException fault)
            {
                throw new StoreException(SqliteFaults.Describe(fault, path), fault);
            }
        }
    }
}
