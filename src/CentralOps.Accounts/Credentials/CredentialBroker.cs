using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Credentials;

/// <summary>
/// Hands out sessions in member accounts: one AssumeRole a key however many ask, renewed in the background before it ends, never
/// served when it has ended. Safe for concurrent use.
/// </summary>
public sealed class CredentialBroker(ISessionMaker maker, BrokerOptions options, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Flights<SessionKey, SessionGrant> _flights = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<SessionKey, SessionGrant> _grants = [];

    /// <summary>Where sessions are asked for; they are good in its partition.</summary>
    public RegionName Home => options.Region;

    /// <summary>A session for the key, or why there is none.</summary>
    public async Task<SessionGrant> ObtainAsync(SessionKey key, CancellationToken cancellationToken)
    {
        // 1. A session that has enough left is served as it is.
        if (TryFindKept(key, out var kept, out var due))
        {
            // 2. In its last part it is served too, and renewed behind the caller's back.
            if (due)
            {
                _ = _flights.JoinAsync(key, () => MakeAsync(key), CancellationToken.None);
            }

            return kept;
        }

        // 3. Otherwise wait for the one that is made, together with everybody who wants the same.
        return await _flights.JoinAsync(key, () => MakeAsync(key), cancellationToken);
    }

    /// <summary>Drops a session that AWS called expired, unless it has been renewed meanwhile.</summary>
    public void Forget(SessionKey key, AccountSession session)
    {
        lock (_gate)
        {
            if (_grants.TryGetValue(key, out var grant) && ReferenceEquals(grant.Session, session))
            {
                _grants.Remove(key);
            }
        }
    }

    private bool TryFindKept(SessionKey key, out SessionGrant grant, out bool due)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            due = false;
            if (!_grants.TryGetValue(key, out grant))
            {
                return false;
            }

            if (grant.Session is not { } session)
            {
                // A refusal holds for a second: long enough for a burst of callers, too short to outlive its mending.
                return now < grant.QuietUntil;
            }

            due = session.IsDue(now) && now >= grant.QuietUntil;
            return session.IsUsable(now);
        }
    }

    private async Task<SessionGrant> MakeAsync(SessionKey key)
    {
        // Whoever came between the end of the last flight and its removal finds its session here.
        if (TryFindKept(key, out var kept, out var due) && !due)
        {
            return kept;
        }

        SessionGrant? made = null;
        try
        {
            made = await maker.MakeAsync(key, CancellationToken.None);
            return made.Value;
        }
        finally
        {
            // The pause also follows a fault, so that a failing renewal is not tried again with every call.
            Keep(key, made);
        }
    }

    private void Keep(SessionKey key, SessionGrant? made)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (made?.Session is null && _grants.TryGetValue(key, out var current) && current.Session?.IsUsable(now) == true)
            {
                _grants[key] = current with { QuietUntil = now + Pause };
                return;
            }

            if (made is not { } grant)
            {
                return;
            }

            if (_grants.Count >= options.MaxSessions && !_grants.ContainsKey(key))
            {
                MakeRoom(now);
            }

            _grants[key] = grant.Session is null ? grant with { QuietUntil = now + Pause } : grant;
        }
    }

    /// <summary>What no longer serves goes first; if that is not enough, the eighth that ends first.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        var byEnd = new List<(DateTimeOffset End, SessionKey Key)>(_grants.Count);
        foreach (var (key, grant) in _grants)
        {
            byEnd.Add((grant.Session?.Until ?? grant.QuietUntil, key));
        }

        byEnd.Sort(static (a, b) => a.End.CompareTo(b.End));
        var least = Math.Max(1, byEnd.Count / 8);
        for (var index = 0; index < byEnd.Count && (index < least || byEnd[index].End <= now); index++)
        {
            _grants.Remove(byEnd[index].Key);
        }
    }
}

/// <summary>A session, or why there is none.</summary>
/// <remarks>
/// A struct, as are all results of asynchronous methods that a cold call passes: ahead-of-time compilation covers the state machine of
/// a method whose result is a value, and leaves that of one whose result is a reference to the JIT.
/// </remarks>
public readonly record struct SessionGrant(AccountSession? Session, Refusal? Refusal)
{
    /// <summary>AWS's ids of every AssumeRole that was answered on the way here, refused ones too.</summary>
    public IReadOnlyList<string> RequestIds { get => field ?? []; init; }

    /// <summary>Until when AWS is not asked again.</summary>
    internal DateTimeOffset QuietUntil { get; init; }
}
