namespace CentralOps.Tools.Fleet;

/// <summary>Tells how far a run has come, a few times a second.</summary>
/// <param name="expected">Places that an account is thought to have until it is opened.</param>
internal sealed class ProgressReport(IProgress<FleetProgress>? progress, int accounts, int expected, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _telling = new();
    private int _done;
    private int _total = accounts * expected;
    private int _failed;
    private long _toldAt = time.GetTimestamp();

    /// <summary>A piece is done. Called under the run's lock.</summary>
    public void Note(Slot slot)
    {
        switch (slot)
        {
            case AccountSlot { Refusal: not null }:
                _failed++;
                _done += expected;
                break;
            case AccountSlot opened:
                _total += opened.Places.Count - expected;
                break;
            default:
                _done++;
                break;
        }
    }

    /// <param name="atOnce">Whether a pause is not waited for: at the end.</param>
    public void Report(bool atOnce = false)
    {
        if (progress is null || (!atOnce && time.GetElapsedTime(Interlocked.Read(ref _toldAt)) < Pause) || !_telling.TryEnter())
        {
            return;
        }

        try
        {
            // Once more, now that nobody else tells.
            if (atOnce || time.GetElapsedTime(Interlocked.Read(ref _toldAt)) >= Pause)
            {
                Interlocked.Exchange(ref _toldAt, time.GetTimestamp());
                progress.Report(new FleetProgress(_done, _total, _failed));
            }
        }
        finally
        {
            _telling.Exit();
        }
    }
}
