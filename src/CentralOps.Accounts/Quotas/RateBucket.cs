namespace CentralOps.Accounts.Quotas;

/// <summary>
/// Calls over time. Without a published rate it lets everything through until the first throttle; from then on, and where a published rate was
/// throttled all the same, as fast as is learnt. What was learnt is forgotten ten minutes after the last throttle.
/// </summary>
internal sealed class RateBucket(PublishedRate? published, TimeSpan now) : Scarce
{
    // Sums of fractions end a hair below the whole.
    private const double Hair = 1e-6;

    /// <summary>How much of a second a learnt rate may send at once: evenly sent calls meet a limit later than bursts.</summary>
    private const double LearntBurstSeconds = 0.1;

    public static readonly TimeSpan RemembersFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(60);

    private double _tokens = published?.Burst ?? 0;
    private TimeSpan _filledAt = now;
    private TimeSpan _heldUntil;
    private LearntRate? _learnt;
    private TimeSpan _secondSince;
    private int _passed;
    private int _passedBefore;

    /// <summary>When it is to be looked at again for those who wait; null when nobody asked for that.</summary>
    public TimeSpan? DueAt { get; set; }

    public bool HasLearnt => _learnt is not null;

    /// <summary>Calls a second; infinite where nothing limits them.</summary>
    public double Rate => Math.Min(published?.PerSecond ?? double.PositiveInfinity, _learnt?.Rate ?? double.PositiveInfinity);

    private double Capacity => _learnt is null
        ? published!.Burst
        : Math.Min(published?.Burst ?? double.PositiveInfinity, Math.Max(1, Rate * LearntBurstSeconds));

    public override int Free(TimeSpan now)
    {
        Fill(now);
        return now < _heldUntil ? 0
            : double.IsPositiveInfinity(Rate) ? int.MaxValue
            : (int)(_tokens + Hair);
    }

    public override void Take(TimeSpan now) => _tokens -= double.IsPositiveInfinity(Rate) ? 0 : 1;

    /// <summary>When one more will be there than now; null when it is full.</summary>
    public TimeSpan? NextAt(TimeSpan now)
    {
        if (now < _heldUntil && (double.IsPositiveInfinity(Rate) || _tokens + Hair >= 1))
        {
            return _heldUntil;
        }

        var next = Math.Floor(_tokens + Hair) + 1;
        var from = now < _heldUntil ? _heldUntil : now;
        return double.IsPositiveInfinity(Rate) || next > Capacity + Hair ? null : from + Span((next - _tokens) / Rate);
    }

    /// <summary>No call that has so many before it can be let through earlier, whatever is learnt meanwhile.</summary>
    /// <param name="settled">Nothing is under way that could still raise what is learnt.</param>
    public TimeSpan EarliestAt(int before, bool settled, TimeSpan now)
    {
        Fill(now);
        var from = now < _heldUntil ? _heldUntil : now;
        if (published is not null && before + 1 > _tokens + Hair)
        {
            from += Span((before + 1 - Hair - Math.Max(_tokens, 0)) / published.PerSecond);
        }

        return settled && _learnt is not null && NextAt(now) is { } next && _tokens + Hair < 1 && next > from ? next : from;
    }

    public void Succeeded(TimeSpan sentAt, TimeSpan now)
    {
        CountPassed(now);
        Fill(now);
        if (_learnt is not null && sentAt >= _learnt.MetAt)
        {
            _learnt.Succeeded(now);
        }
    }

    /// <param name="retryAfter">What AWS asked for.</param>
    public void Throttled(TimeSpan sentAt, TimeSpan? retryAfter, TimeSpan now)
    {
        Fill(now);
        if (_learnt is null)
        {
            _learnt = published is null ? LearntRate.Unknown(PassedLastSecond(now), now) : LearntRate.Below(published.PerSecond, now);
            _tokens = 0;
        }
        else if (sentAt >= _learnt.MetAt)
        {
            _learnt.Throttled(now);

            // AWS did not count the call that it refused.
            _tokens = Math.Min(1, Math.Max(0, _tokens) + 1);
        }

        var pause = retryAfter is { } asked && asked > _learnt.Pause ? asked : _learnt.Pause;
        var until = now + (pause < LongestHold ? pause : LongestHold);
        _heldUntil = until > _heldUntil ? until : _heldUntil;
    }

    private void Fill(TimeSpan now)
    {
        if (_learnt is not null && now - _learnt.MetAt > RemembersFor)
        {
            _learnt = null;
        }

        var from = _filledAt > _heldUntil ? _filledAt : now < _heldUntil ? now : _heldUntil;
        _filledAt = now;
        if (!double.IsPositiveInfinity(Rate))
        {
            _tokens = Math.Min(Capacity, _tokens + (Math.Max(0, (now - from).TotalSeconds) * Rate));
        }
    }

    private void CountPassed(TimeSpan now)
    {
        PassedLastSecond(now);
        _passed++;
    }

    private int PassedLastSecond(TimeSpan now)
    {
        var seconds = (now - _secondSince).TotalSeconds;
        if (seconds >= 1)
        {
            (_passedBefore, _passed, _secondSince) = (seconds < 2 ? _passed : 0, 0, now);
        }

        return Math.Max(_passed, _passedBefore);
    }

    /// <summary>Rounded up, and never nothing: a time that is over already would be waited for again at once, without end.</summary>
    private static TimeSpan Span(double seconds) =>
        TimeSpan.FromTicks((long)Math.Clamp(Math.Ceiling(seconds * TimeSpan.TicksPerSecond), 1, TimeSpan.TicksPerDay));
}
