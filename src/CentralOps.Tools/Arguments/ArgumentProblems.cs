using CentralOps.Accounts.Refusals;

namespace CentralOps.Tools.Arguments;

/// <summary>
/// What is wrong with one call's arguments: the first few are told, the rest is counted, because an answer must not grow with what
/// somebody sends.
/// </summary>
internal sealed class ArgumentProblems
{
    public const int MaxTold = 20;

    private readonly List<ArgumentProblem> _told = [];

    public int Count { get; private set; }

    public bool AreTold => Count < MaxTold;

    public void Add(ArgumentProblem problem)
    {
        if (AreTold)
        {
            _told.Add(problem);
        }

        Count++;
    }

    /// <summary>Null when there is none.</summary>
    public Refusal.BadArguments? ToRefusal() => Count switch
    {
        0 => null,
        <= MaxTold => new Refusal.BadArguments(_told),
        _ => new Refusal.BadArguments([.. _told, new ArgumentProblem($"{Count - MaxTold} more", "are wrong too", "Mend these first")]),
    };
}
