namespace CentralOps.Accounts.Quotas;

/// <summary>Lines in the order in which they are called: one caller after the other, and within a caller first come, first served.</summary>
internal sealed class Turns
{
    private readonly Dictionary<string, CallerTurns> _callers = new(StringComparer.Ordinal);
    private CallerTurns? _next;

    public bool IsEmpty => _next is null;

    public void Add(Line line)
    {
        if (!_callers.TryGetValue(line.Caller, out var turns))
        {
            turns = new CallerTurns(line.Caller);
            _callers.Add(line.Caller, turns);
            Insert(turns);
        }

        line.In = this;
        line.Place = turns.Lines.AddLast(line);
    }

    /// <summary>The line whose turn it is; it stands here no more.</summary>
    public Line? TakeNext()
    {
        if (_next is not { } turns)
        {
            return null;
        }

        _next = turns.After;
        var line = turns.Lines.First!.Value;
        Leave(line, turns);
        return line;
    }

    public void Remove(Line line) => Leave(line, _callers[line.Caller]);

    private void Leave(Line line, CallerTurns turns)
    {
        turns.Lines.Remove(line.Place!);
        (line.In, line.Place) = (null, null);
        if (turns.Lines.Count > 0)
        {
            return;
        }

        _callers.Remove(turns.Caller);
        Cut(turns);
    }

    /// <summary>Into the ring, as the last to have a turn.</summary>
    private void Insert(CallerTurns turns)
    {
        if (_next is not { } next)
        {
            (_next, turns.Before, turns.After) = (turns, turns, turns);
            return;
        }

        (turns.Before, turns.After) = (next.Before, next);
        next.Before!.After = turns;
        next.Before = turns;
    }

    private void Cut(CallerTurns turns)
    {
        if (ReferenceEquals(turns.After, turns))
        {
            _next = null;
            return;
        }

        turns.Before!.After = turns.After;
        turns.After!.Before = turns.Before;
        _next = ReferenceEquals(_next, turns) ? turns.After : _next;
    }

    private sealed class CallerTurns(string caller)
    {
        public string Caller => caller;

        public LinkedList<Line> Lines { get; } = new();

        public CallerTurns? Before { get; set; }

        public CallerTurns? After { get; set; }
    }
}
