namespace CentralOps.Accounts.Quotas;

/// <summary>Lines in the order in which they are called: one caller after the other, and within a caller first come, first served.</summary>
internal sealed class Turns
{
    private readonly Dictionary<string, CallerTurns> _callers = new(StringComparer.Ordinal);
    private CallerTurns? _next;

    public bool IsEmpty => _next is null;

    /// <param name="first">Before everybody: for a turn that came to nothing.</param>
    public void Add(Line line, bool first = false)
    {
        if (!_callers.TryGetValue(line.Caller, out var turns))
        {
            turns = new CallerTurns(line.Caller);
            _callers.Add(line.Caller, turns);
            Insert(turns);
        }

        line.In = this;
        line.Place = first ? turns.Lines.AddFirst(line) : turns.Lines.AddLast(line);
        if (first)
        {
            MoveFirst(turns);
        }
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

    private void MoveFirst(CallerTurns turns)
    {
        if (ReferenceEquals(_next, turns))
        {
            return;
        }

        // The last of the ring stands right before its first.
        Cut(turns);
        Insert(turns);
        _next = turns;
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
