namespace CentralOps.Accounts.Quotas;

/// <summary>
/// What throttles and successes tell of a limit that nobody published, or that others use up too. A throttle halves the rate; successes lead it
/// back to where the limit was met within a second, hold it there, and then feel beyond, slowly first: the curve of AWS's adaptive retry mode
/// (CUBIC), with steps of its own. One that meets the limit again soon was too high: its place is taken lower.
/// </summary>
internal sealed class LearntRate
{
    /// <summary>Calls a second that are always tried: a service that lets nothing through has to be asked to be found well again.</summary>
    public const double Least = 0.1;

    private const double MetAgainSoon = 0.95;
    private const double MetAgainLate = 0.97;
    private const int SoonSuccesses = 10;
    private const double ReturnSeconds = 1;
    private const double FeelSeconds = 20;

    // So much of the time between two calls is waited before the throttled call goes again: the limit was missed by less than one call.
    private const double PauseShare = 0.5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private double _goal;
    private bool _feelingFirst;
    private TimeSpan _metAt;
    private int _successes;
    private int _inARow;

    private LearntRate(double rate, bool feelingFirst, TimeSpan now) =>
        (Rate, _goal, _feelingFirst, _metAt) = (rate, rate, feelingFirst, now);

    /// <summary>Calls a second.</summary>
    public double Rate { get; private set; }

    /// <summary>When the limit was met last. What was sent before says nothing new.</summary>
    public TimeSpan MetAt => _metAt;

    /// <summary>How long nothing should be sent after the limit was met.</summary>
    public TimeSpan Pause
    {
        get
        {
            var pause = TimeSpan.FromSeconds(PauseShare * Math.Max(1, _inARow) / _goal);
            return pause < LongestPause ? pause : LongestPause;
        }
    }

    /// <summary>After the first throttle where no rate was known: half of what had passed in the last second, and up from there.</summary>
    public static LearntRate Unknown(int passedLastSecond, TimeSpan now) => new(Math.Max(1, passedLastSecond / 2.0), feelingFirst: true, now);

    /// <summary>After the first throttle of a published rate: somebody else uses it too.</summary>
    public static LearntRate Below(double published, TimeSpan now) =>
        new(published, feelingFirst: false, now) { Rate = Math.Max(Least, published / 2) };

    public void Succeeded(TimeSpan now)
    {
        _successes++;
        _inARow = 0;
        if (_feelingFirst)
        {
            Rate += 0.5;
            return;
        }

        var seconds = (now - _metAt).TotalSeconds;
        Rate = seconds < ReturnSeconds
            ? _goal * (1 - (0.5 * Cube((ReturnSeconds - seconds) / ReturnSeconds)))
            : _goal * (1 + (0.5 * Cube((seconds - ReturnSeconds) / FeelSeconds)));
    }

    public void Throttled(TimeSpan now)
    {
        _inARow++;
        _goal = Math.Max(Least, Goal((now - _metAt).TotalSeconds));
        Rate = Math.Max(Least, _goal / 2);
        (_feelingFirst, _successes, _metAt) = (false, 0, now);
    }

    private double Goal(double seconds)
    {
        // The call that just went again met it again: it was early; but not three times.
        if (_inARow > 1)
        {
            return _inARow == 2 ? _goal * MetAgainSoon : _goal / 2;
        }

        var goal = Rate * (_successes < SoonSuccesses ? MetAgainSoon : MetAgainLate);
        if (_feelingFirst || _successes < 4 || seconds <= 0)
        {
            return goal;
        }

        // Between two throttles AWS let so many through; the limit cannot be far from it.
        var passed = _successes / seconds;
        return Math.Max(_successes < 8 ? goal : Math.Min(goal, passed * 1.3), passed * 0.9);
    }

    private static double Cube(double value) => value * value * value;
}
