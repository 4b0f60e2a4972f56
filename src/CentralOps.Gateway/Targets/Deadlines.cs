using System.Collections.Concurrent;

namespace CentralOps.Gateway.Targets;

/// <summary>
/// The time that calls may take. A call's source is cancelled when its time is up and when its caller leaves. Sources that neither happened to are
/// used again: two of them, their timer and their link cost a call more than reading a small answer does.
/// </summary>
internal sealed class Deadlines(TimeSpan timeout, TimeProvider time)
{
    private const int MaxKept = 256;

    private readonly ConcurrentQueue<CancellationTokenSource> _kept = new();

    public TimeSpan Timeout => timeout;

    /// <summary>Begins a call's time; dispose it when nothing runs under its token any more.</summary>
    public Deadline Begin(CancellationToken caller)
    {
        if (_kept.TryDequeue(out var source))
        {
            source.CancelAfter(timeout);
        }

        return new(this, source ?? new CancellationTokenSource(timeout, time), caller);
    }

    private void End(CancellationTokenSource source)
    {
        // Only a source on the system's clock can be set back; the length may be passed by a few at once, which does no harm.
        if (_kept.Count >= MaxKept || !source.TryReset())
        {
            source.Dispose();
            return;
        }

        _kept.Enqueue(source);
    }

    /// <summary>One call's time.</summary>
    internal readonly struct Deadline : IDisposable
    {
        private readonly Deadlines _all;
        private readonly CancellationTokenSource _source;
        private readonly CancellationTokenRegistration _caller;

        public Deadline(Deadlines all, CancellationTokenSource source, CancellationToken caller)
        {
            (_all, _source) = (all, source);
            _caller = caller.UnsafeRegister(static call => ((CancellationTokenSource)call!).Cancel(), source);
        }

        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            // Waits for a cancellation that is on its way: afterwards nobody but the timer reaches the source.
            _caller.Dispose();
            _all.End(_source);
        }
    }
}
