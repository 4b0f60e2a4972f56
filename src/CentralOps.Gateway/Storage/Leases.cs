using System.Data.Common;

namespace CentralOps.Gateway.Storage;

/// <summary>Who does what only one may do. Milliseconds since 1970 by the database's clock, which <paramref name="clock"/> is in its SQL.</summary>
internal sealed class Leases(DbConnection connection, string clock, long now)
{
    public async ValueTask<bool> TryTakeAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        await Command(
            $"""
            INSERT INTO centralops_lease (name, owner, expires) VALUES (@name, @owner, {clock} + @duration)
            ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires = excluded.expires
            WHERE centralops_lease.owner = excluded.owner OR centralops_lease.expires <= {clock}
            """,
            ("@name", name), ("@owner", owner), ("@duration", (long)duration.TotalMilliseconds)).ExecuteAsync(cancellationToken) == 1;

    public ValueTask<int> ReleaseAsync(string name, string owner, CancellationToken cancellationToken) =>
        Command("DELETE FROM centralops_lease WHERE name = @name AND owner = @owner", ("@name", name), ("@owner", owner)).ExecuteAsync(cancellationToken);

    /// <summary>Those whose owner died are nobody's: a name that is never taken again does not stay for ever.</summary>
    public ValueTask<int> SweepAsync(CancellationToken cancellationToken) =>
        Command($"DELETE FROM centralops_lease WHERE expires <= {clock}").ExecuteAsync(cancellationToken);

    // SQLite keeps no time of its own: there, the clock is a value.
    private DbCommand Command(string text, params ReadOnlySpan<(string Name, object? Value)> values) =>
        connection.Command(null, text, clock.StartsWith('@') && text.Contains(clock, StringComparison.Ordinal) ? [.. values, (clock, now)] : values);
}
