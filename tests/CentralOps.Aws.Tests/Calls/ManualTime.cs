namespace CentralOps.Aws.Tests.Calls;

/// <summary>Time that a test moves. Waits between attempts pass at once and are written down; longer timers wait for <see cref="Advance"/>.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<TimeSpan> _waits = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Waiting)> _awaited = [];
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Timers up to this long pass at once: every wait between attempts, no attempt's own end.</summary>
    public TimeSpan PassesAtOnce { get; init; } = TimeSpan.FromSeconds(25);

    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_lock)
            {
                return [.. _waits];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = _timers.FindAll(timer => timer.Due <= _now);
            _timers.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.Fire());
    }

    /// <summary>Completes when somebody waits for this long.</summary>
    public Task TimerOf(TimeSpan due)
    {
        lock (_lock)
        {
            var found = _timers.Exists(timer => timer.Due == _now + due);
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (found)
            {
                waiting.SetResult();
            }
            else
            {
                _awaited.Add((due, waiting));
            }

            return waiting.Task;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public void Fire() => ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Run(), this, preferLocal: false);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    return true;
                }

                Due = time._now + dueTime;
                time._awaited.FindAll(awaited => awaited.Due == dueTime).ForEach(awaited => awaited.Waiting.TrySetResult());
                if (dueTime > time.PassesAtOnce)
                {
                    time._timers.Add(this);
                    return true;
                }

                time._now += dueTime;
                time._waits.Add(dueTime);
            }

            Fire();
            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Run() => callback(state);
    }
}
