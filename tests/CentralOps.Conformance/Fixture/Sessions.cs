using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture;

/// <summary>The sessions of the revisions that have them.</summary>
internal sealed class Sessions
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, Session> _open = new(StringComparer.Ordinal);

    /// <returns>Null where too many are open.</returns>
    public Session? Open(JsonObject capabilities)
    {
        if (_open.Count >= Most)
        {
            return null;
        }

        var session = new Session(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), capabilities.DeepClone().AsObject());
        return _open[session.Id] = session;
    }

    public Session? Find(string? id) => id is not null && _open.TryGetValue(id, out var session) ? session : null;

    public bool Close(string? id) => id is not null && _open.TryRemove(id, out _);
}
