using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Sso;

/// <summary>What sign-ins have left: clients, device codes and tokens, each until it expires. Bounded; the oldest expired go first.</summary>
internal sealed class SsoStore(Estate estate, TimeProvider time)
{
    private const int Capacity = 10_000;

    public static readonly TimeSpan ClientLifetime = TimeSpan.FromDays(90);
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(8);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Where the estate's people sign in.</summary>
    public string StartUrl { get; } = $"https://d-{new Dice(estate.Seed, "identity-center").Hex(10)}.awsapps.com/start";

    public SsoUser? Person => estate.SsoUsers is [var first, ..] ? first : null;

    /// <summary>A client and its secret.</summary>
    public (string Id, string Secret) Register()
    {
        var (id, secret) = (Random(), Random());
        Keep("client/" + id, new Entry(time.GetUtcNow() + ClientLifetime, secret, null));
        return (id, secret);
    }

    public bool IsClient(string? id, string? secret) =>
        id is not null && secret is not null && TryGet("client/" + id, out var entry)
        && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(entry.Text), System.Text.Encoding.UTF8.GetBytes(secret));

    public string StartDevice(string clientId)
    {
        var code = Random();
        Keep("device/" + code, new Entry(time.GetUtcNow() + CodeLifetime, clientId, null));
        return code;
    }

    /// <summary>
    /// One question whether the person has agreed. There is no page here where they could: they have agreed when they are asked about
    /// for the second time, so that a client's waiting is seen to work.
    /// </summary>
    public DeviceState Poll(string deviceCode, string clientId)
    {
        var key = "device/" + deviceCode;
        if (!TryGet(key, out var entry) || !string.Equals(entry.Text, clientId, StringComparison.Ordinal))
        {
            return DeviceState.Unknown;
        }

        if (entry.User is null)
        {
            _entries[key] = entry with { User = Person };
            return DeviceState.Pending;
        }

        return _entries.TryRemove(key, out _) ? DeviceState.Granted : DeviceState.Unknown;
    }

    /// <summary>An access token or, of another kind, a refresh token.</summary>
    public string IssueToken(string kind, SsoUser user)
    {
        var token = Random();
        Keep($"{kind}/{token}", new Entry(time.GetUtcNow() + (kind is "access" ? TokenLifetime : ClientLifetime), "", user));
        return token;
    }

    public SsoUser? UserOf(string kind, string? token) => token is not null && TryGet($"{kind}/{token}", out var entry) ? entry.User : null;

    public void Forget(string accessToken) => _entries.TryRemove("access/" + accessToken, out _);

    private bool TryGet(string key, [NotNullWhen(true)] out Entry? entry) => _entries.TryGetValue(key, out entry) && entry.Expires > time.GetUtcNow();

    private void Keep(string key, Entry entry)
    {
        if (_entries.Count >= Capacity)
        {
            var now = time.GetUtcNow();
            foreach (var (old, _) in _entries.OrderBy(pair => pair.Value.Expires).TakeWhile((pair, index) => pair.Value.Expires <= now || index < Capacity / 10))
            {
                _entries.TryRemove(old, out _);
            }
        }

        _entries[key] = entry;
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private sealed record Entry(DateTimeOffset Expires, string Text, SsoUser? User);
}

internal enum DeviceState
{
    Unknown,
    Pending,
    Granted,
}
