namespace CentralOps.Gateway.Storage;

/// <summary>
/// What a gateway keeps: documents (JSON), addressed by kind and id, in SQLite or PostgreSQL. Safe for concurrent use by many replicas. Whoever writes says
/// which version was read; a write over another's is refused as a whole.
/// </summary>
public interface IStore : IAsyncDisposable
{
    ValueTask<StoredDocument?> FindAsync(string kind, string id, CancellationToken cancellationToken);

    /// <summary>By the name that is unique within kind and parent.</summary>
    ValueTask<StoredDocument?> FindByNameAsync(string kind, string parent, string name, CancellationToken cancellationToken);

    /// <summary>
    /// In the order of creation (then id), after <paramref name="after"/>; at most <paramref name="limit"/>, from 1. A page also ends where its bodies
    /// fill <see cref="StoreLimits.PageBytes"/>, so only an empty page is the end.
    /// </summary>
    /// <param name="parent">Null: whatever it belongs to.</param>
    ValueTask<IReadOnlyList<StoredDocument>> ListAsync(string kind, string? parent, StoredPosition? after, int limit, CancellationToken cancellationToken);

    ValueTask<long> CountAsync(string kind, string? parent, CancellationToken cancellationToken);

    /// <summary>All or nothing, in the order given, durable when it returns. Whoever is refused reads again to see why.</summary>
    /// <exception cref="ArgumentException">A key or a body is outside <see cref="StoreLimits"/>: it names the field and the repair.</exception>
    /// <exception cref="StoreException">The database does not answer or does not take it.</exception>
    ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken);

    /// <summary>
    /// Yields once at once, and then after every change, whoever made it, within a second; several changes may come as one. Ends when cancelled;
    /// a database that is away for a while is waited for, and yields when it is back.
    /// </summary>
    IAsyncEnumerable<long> WatchAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes or renews work that only one replica may do at a time: true while <paramref name="owner"/> holds it. The database's clock counts, so
    /// replicas' clocks may differ. It ends by itself after <paramref name="duration"/>.
    /// </summary>
    ValueTask<bool> TryLeaseAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken);

    ValueTask ReleaseAsync(string name, string owner, CancellationToken cancellationToken);
}

/// <param name="Parent">The id of what it belongs to; empty where it belongs to nothing.</param>
/// <param name="Name">Unique within kind and parent where it is given.</param>
/// <param name="Version">1 at first; grows with every update.</param>
/// <param name="Body">UTF-8 JSON, or sealed bytes.</param>
public sealed record StoredDocument(string Kind, string Id, string Parent, string? Name, long Version, ReadOnlyMemory<byte> Body, StoredPosition Position);

/// <summary>Where a document stands in its listing.</summary>
public readonly record struct StoredPosition(long Created, string Id);

/// <summary>One change of a write.</summary>
public abstract record StoreWrite(string Kind, string Id)
{
    /// <summary>Refused where id or name is taken.</summary>
    /// <param name="Expires">It is gone after this time: for idempotency tokens and the like.</param>
    public sealed record Insert(string Kind, string Id, string Parent, string? Name, ReadOnlyMemory<byte> Body, DateTimeOffset? Expires = null) : StoreWrite(Kind, Id);

    /// <summary>Refused where the version is another, or the new name is taken.</summary>
    /// <param name="Rename">Null: the name stays.</param>
    public sealed record Update(string Kind, string Id, long Version, ReadOnlyMemory<byte> Body, string? Rename = null) : StoreWrite(Kind, Id);

    /// <summary>Refused where the version is another.</summary>
    public sealed record Delete(string Kind, string Id, long Version) : StoreWrite(Kind, Id);

    /// <summary>Changes nothing; refused where the version is another: what a new child belongs to is still there when the child is written.</summary>
    public sealed record Require(string Kind, string Id, long Version) : StoreWrite(Kind, Id);

    /// <summary>
    /// Changes nothing; refused (<see cref="WriteOutcome.Full"/>) where there are more. Behind inserts it holds a quota exactly, and with 0 before a delete
    /// nothing is left without its parent, however many replicas write.
    /// </summary>
    /// <param name="Parent">Null: all of the kind.</param>
    public sealed record AtMost(string Kind, string? Parent, long Count) : StoreWrite(Kind, "");
}

public enum WriteOutcome
{
    Written,

    /// <summary>An id or a name was taken.</summary>
    Taken,

    /// <summary>A document has another version by now, or is gone.</summary>
    Stale,

    /// <summary>There are more than <see cref="StoreWrite.AtMost"/> lets be.</summary>
    Full,
}
