using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Identity;

/// <summary>
/// Every access key that is valid, or was a little while ago: an expired one is kept for a time so that its owner hears
/// "expired", not "unknown". Bounded; the session that ends first goes first.
/// </summary>
internal sealed class AccessKeyStore(TimeProvider time, int capacity = 100_000) : IAccessKeys
{
    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _sessions = new();
    private readonly Lock _lock = new();

    public int Count => _entries.Count;

    public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
    {
        key = _entries.TryGetValue(accessKeyId, out var entry) ? entry.Key : null;
        return key is not null;
    }

    public bool TryFindPrincipal(string accessKeyId, [NotNullWhen(true)] out Principal? principal)
    {
        principal = _entries.TryGetValue(accessKeyId, out var entry) ? entry.Principal : null;
        return principal is not null;
    }

    /// <summary>A key that lives as long as the sandbox.</summary>
    public AwsCredentials IssueLongLived(Principal principal)
    {
        var credentials = new AwsCredentials(KeyMaterial.LongLivedKeyId(), KeyMaterial.Secret());
        _entries[credentials.AccessKeyId] = new Entry(new AccessKey(credentials.AccessKeyId, credentials.SecretAccessKey, principal.Arn), principal);
        return credentials;
    }

    /// <summary>Shortens the sessions of an account; null leaves them as they are.</summary>
    public Func<string, TimeSpan?>? ShortestLifetime { get; init; }

    /// <summary>A session that somebody assumed.</summary>
    public AwsCredentials IssueAssumed(Principal principal, TimeSpan lifetime) =>
        IssueSession(principal, ShortestLifetime?.Invoke(principal.AccountId) is { } most && most < lifetime ? most : lifetime);

    public AwsCredentials IssueSession(Principal principal, TimeSpan lifetime)
    {
        // AWS tells whole seconds.
        var expiration = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        var (credentials, key) = NewSession(principal, expiration);
        lock (_lock)
        {
            Evict();
            _entries[key.Id] = new Entry(key, principal);
            _sessions.Enqueue(key.Id, expiration);
        }

        return credentials;
    }

    /// <summary>Keys for one piece of work that a service does in the principal's name; whoever lends them takes them back.</summary>
    public AwsCredentials Lend(Principal principal, DateTimeOffset expiration)
    {
        var (credentials, key) = NewSession(principal, expiration);
        _entries[key.Id] = new Entry(key, principal);
        return credentials;
    }

    public void TakeBack(AwsCredentials lent) => _entries.TryRemove(lent.AccessKeyId, out _);

    private static (AwsCredentials Credentials, AccessKey Key) NewSession(Principal principal, DateTimeOffset expiration)
    {
        var credentials = new AwsCredentials(KeyMaterial.SessionKeyId(), KeyMaterial.Secret(), KeyMaterial.SessionToken(), expiration);
        var key = new AccessKey(credentials.AccessKeyId, credentials.SecretAccessKey, principal.Arn)
        {
            SessionToken = credentials.SessionToken,
            Expiration = expiration,
        };
        return (credentials, key);
    }

    private void Evict()
    {
        var old = time.GetUtcNow() - KeptAfterExpiry;
        while (_sessions.TryPeek(out var id, out var expiration) && (expiration < old || _sessions.Count >= capacity))
        {
            _entries.TryRemove(id, out _);
            _sessions.Dequeue();
        }
    }

    private sealed record Entry(AccessKey Key, Principal Principal);
}
