using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CentralOps.Gateway.Callers;

/// <summary>SHA-256 of a credential: what it is remembered by, so that no cache holds one.</summary>
internal readonly record struct CredentialDigest(UInt128 High, UInt128 Low)
{
    public static CredentialDigest Of(ReadOnlySpan<char> credential)
    {
        Span<UInt128> parts = stackalloc UInt128[2];
        SHA256.HashData(MemoryMarshal.AsBytes(credential), MemoryMarshal.AsBytes(parts));
        return new(parts[0], parts[1]);
    }
}

/// <summary>Remembers what was used last, in two generations: when the younger is full it becomes the older, and what was not asked for since is forgotten.</summary>
/// <param name="capacity">Of one generation; twice as many are held at most.</param>
internal sealed class RecentCache<T>(int capacity)
    where T : class
{
    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<CredentialDigest, T> _young = new();
    private volatile ConcurrentDictionary<CredentialDigest, T> _old = new();
    private int _count;

    public T? Find(CredentialDigest digest)
    {
        if (_young.TryGetValue(digest, out var found))
        {
            return found;
        }

        if (_old.TryGetValue(digest, out found))
        {
            Keep(digest, found);
        }

        return found;
    }

    public void Keep(CredentialDigest digest, T value)
    {
        if (!_young.TryAdd(digest, value))
        {
            _young[digest] = value;
            return;
        }

        if (Interlocked.Increment(ref _count) < capacity)
        {
            return;
        }

        lock (_gate)
        {
            if (_count >= capacity)
            {
                (_old, _young, _count) = (_young, new(), 0);
            }
        }
    }

    public void Forget(CredentialDigest digest)
    {
        _young.TryRemove(digest, out _);
        _old.TryRemove(digest, out _);
    }
}
