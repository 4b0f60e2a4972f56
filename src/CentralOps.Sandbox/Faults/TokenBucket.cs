namespace CentralOps.Sandbox.Faults;

/// <summary>So many at once, and so many a second after that; a rate of 0 lets none pass.</summary>
internal sealed class TokenBucket(double rate, int burst, DateTimeOffset createdAt)
{
    private double _tokens = rate > 0 ? burst : 0;
    private DateTimeOffset _filledAt = createdAt;

    public bool TryTake(DateTimeOffset now)
    {
        if (now > _filledAt)
        {
            _tokens = Math.Min(burst, _tokens + ((now - _filledAt).TotalSeconds * rate));
            _filledAt = now;
        }

        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
