namespace CentralOps.Gateway.Targets;

/// <summary>
/// How a call waits for a function that has no concurrency left: pauses that double from 50 ms to 1 s, each shortened at random by up to a
/// half so that callers who were turned away together do not come back together, and not longer in all than the gateway's limit.
/// </summary>
internal sealed class ThrottleWait(TimeSpan limit, TimeProvider time, Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public Course Begin() => new(this);

    /// <summary>The waiting of one call.</summary>
    internal sealed class Course(ThrottleWait rules)
    {
        private TimeSpan _next = First;

        /// <summary>Time waited so far.</summary>
        public TimeSpan Total { get; private set; }

        /// <summary>Pauses before another attempt; false at once when the limit is used up.</summary>
        public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
        {
            var left = rules.Limit - Total;
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            var pause = _next * (1 - (rules.Random.NextDouble() / 2));
            pause = pause < left ? pause : left;
            await Task.Delay(pause, rules.Time, cancellationToken);
            Total += pause;
            _next = _next * 2 < Longest ? _next * 2 : Longest;
            return true;
        }
    }

    private TimeSpan Limit => limit;

    private TimeProvider Time => time;

    private Random Random => random;
}
