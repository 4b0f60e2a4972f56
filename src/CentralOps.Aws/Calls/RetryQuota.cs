using System.Collections.Concurrent;

namespace CentralOps.Aws.Calls;

/// <summary>
/// AWS's retry quota: a retry takes 14 tokens of 500, 5 after a throttle; a call that succeeds gives back what its last retry took, or 1.
/// So when all fails, retries stop and first attempts go on.
/// </summary>
internal sealed class RetryQuota
{
    public const int Capacity = 500;
    public const int TransientCost = 14;
    public const int ThrottlingCost = 5;

    private int _tokens = Capacity;

    public int Tokens => Volatile.Read(ref _tokens);

    public bool TryTake(int cost)
    {
        for (var seen = Tokens; seen >= cost;)
        {
            var before = Interlocked.CompareExchange(ref _tokens, seen - cost, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    /// <param name="lastCost">What the last retry took; 0 when there was none.</param>
    public void GiveBack(int lastCost)
    {
        for (var seen = Tokens; seen < Capacity;)
        {
            var before = Interlocked.CompareExchange(ref _tokens, Math.Min(Capacity, seen + Math.Max(1, lastCost)), seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}

/// <summary>
/// One quota for each host and key, as one SDK client each would have it: an account that is throttled must not use up the
/// retries of the others.
/// </summary>
internal sealed class RetryQuotas
{
    private const int MostKept = 4096;

    private readonly ConcurrentDictionary<(string Host, string KeyId), RetryQuota> _quotas = new();

    public RetryQuota For(string host, string keyId)
    {
        if (_quotas.TryGetValue((host, keyId), out var quota))
        {
            return quota;
        }

        // Temporary keys come and go. To forget is harmless: a new quota is a full one.
        if (_quotas.Count >= MostKept)
        {
            _quotas.Clear();
        }

        return _quotas.GetOrAdd((host, keyId), static _ => new RetryQuota());
    }
}
