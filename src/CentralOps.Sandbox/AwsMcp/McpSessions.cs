using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.AwsMcp;

/// <summary>The open sessions. One belongs to who opened it: to everybody else its id is as unknown as any.</summary>
internal sealed class McpSessions(AwsMcpOptions options, TimeProvider time)
{
    private readonly Dictionary<string, McpSession> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>False when the account has as many in the region as it may.</summary>
    public bool TryOpen(McpTenant tenant, Principal owner, string version, [NotNullWhen(true)] out McpSession? session)
    {
        lock (_lock)
        {
            Forget();
            session = null;
            if (_sessions.Values.Count(open => open.Tenant == tenant) >= options.Sessions)
            {
                return false;
            }

            session = new McpSession(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), tenant, owner.UserId, version) { UsedAt = time.GetUtcNow() };
            _sessions.Add(session.Id, session);
            return true;
        }
    }

    public bool TryFind(string id, McpTenant tenant, Principal owner, [NotNullWhen(true)] out McpSession? session)
    {
        lock (_lock)
        {
            Forget();
            if (!_sessions.TryGetValue(id, out session) || session.Tenant != tenant || !string.Equals(session.OwnerId, owner.UserId, StringComparison.Ordinal))
            {
                session = null;
                return false;
            }

            session.UsedAt = time.GetUtcNow();
            return true;
        }
    }

    /// <summary>Closes a session and ends what still runs in it.</summary>
    public void Close(McpSession session)
    {
        lock (_lock)
        {
            _sessions.Remove(session.Id);
        }

        session.CancelAll();
    }

    private void Forget()
    {
        var oldest = time.GetUtcNow() - options.SessionIdle;
        foreach (var (id, session) in _sessions)
        {
            if (session.UsedAt < oldest && !session.IsBusy)
            {
                _sessions.Remove(id);
            }
        }
    }
}
