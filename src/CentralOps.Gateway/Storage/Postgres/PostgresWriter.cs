using System.Data;
using System.Data.Common;
using Npgsql;

namespace CentralOps.Gateway.Storage.Postgres;

/// <summary>
/// One write, as one transaction. Writers queue for the revision's row: a gateway's configuration changes seldom, and so the order of creation is the
/// order of commits, and no two transactions can meet halfway.
/// </summary>
internal sealed class PostgresWriter(PostgresConnections connections)
{
    public const string Channel = "centralops_change";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>For a server that went away at the moment of a commit: what became of it is asked until it is back.</summary>
    private static readonly TimeSpan CommitPatience = TimeSpan.FromSeconds(30);

    public ValueTask<WriteOutcome> WriteAsync(Func<DbConnection, DbTransaction, long, ValueTask<WriteOutcome>> work, CancellationToken cancellationToken) =>
        connections.UseAsync(Patience, async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            var (revision, id) = await TakeTurnAsync(connection, transaction, cancellationToken);
            var outcome = await work(connection, transaction, revision);
            if (outcome is not WriteOutcome.Written)
            {
                await transaction.RollbackAsync(cancellationToken);
                return outcome;
            }

            await connection.Command(transaction, "SELECT pg_notify(@channel, '')", ("@channel", Channel)).ExecuteAsync(cancellationToken);
            await CommitAsync(transaction, id, cancellationToken);
            return WriteOutcome.Written;
        }, cancellationToken);

    private static async ValueTask<(long Revision, long Transaction)> TakeTurnAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        // A writer that hangs, or whose machine is gone, does not hold the others up for ever.
        await connection.Command(transaction, "SET LOCAL lock_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '10s'").ExecuteAsync(cancellationToken);
        await using var command = connection.Command(transaction, "UPDATE centralops_revision SET value = value + 1 RETURNING value, txid_current()");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt64(0), reader.GetInt64(1))
            : throw new StoreException("The database has lost the row that counts its changes: restore it from a backup.");
    }

    // Once it is sent, a commit is not cancelled: nobody would know what became of it.
    private async ValueTask CommitAsync(NpgsqlTransaction transaction, long id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException && PostgresFaults.MayPass(fault))
        {
            connections.Forget(fault);
            if (!await WasCommittedAsync(id))
            {
                throw;
            }
        }
    }

    /// <exception cref="StoreException">Nobody knows, and so nothing is done again.</exception>
    private async ValueTask<bool> WasCommittedAsync(long id)
    {
        string? status;
        try
        {
            status = await connections.UseAsync(CommitPatience, connection => StatusAsync(connection, id), CancellationToken.None);
        }
        catch (StoreException away)
        {
            throw new StoreException($"The database {connections.Url} went away at a commit and is not back to say what became of it: read before you write again.", away);
        }

        return status switch
        {
            "committed" => true,
            "aborted" => false,
            _ => throw new StoreException($"The database {connections.Url} went away at a commit and does not know any more what became of it: read before you write again."),
        };
    }

    private static async ValueTask<string?> StatusAsync(NpgsqlConnection connection, long id)
    {
        await using var command = connection.Command(null, "SELECT txid_status(@id)", ("@id", id));
        var status = await command.ExecuteScalarAsync(CancellationToken.None) as string;
        // Its backend has not noticed yet that we are gone.
        return status is "in progress" ? throw new TimeoutException("The transaction is still under way.") : status;
    }
}
