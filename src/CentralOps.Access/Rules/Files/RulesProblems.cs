using System.Globalization;

namespace CentralOps.Access.Rules.Files;

/// <summary>Collects what is wrong with an access file, so that everything is told at once.</summary>
internal sealed class RulesProblems(string file)
{
    private const int Most = 50;

    private readonly List<(int Line, string Words)> _problems = [];

    public bool None => _problems.Count == 0;

    /// <param name="line">Counted from 1.</param>
    /// <param name="what">The field and what is wrong with it, without a full stop.</param>
    /// <param name="repair">What to do, as a sentence.</param>
    public void Add(int line, string what, string repair) => _problems.Add((line, $"{Printable.Line(what, 400)}. {repair}"));

    public RulesFileException ToException()
    {
        var told = _problems.OrderBy(static problem => problem.Line).Take(Most).Select(problem => string.Create(CultureInfo.InvariantCulture, $"{file}:{problem.Line}: {problem.Words}")).ToList();
        if (_problems.Count > Most)
        {
            told.Add(string.Create(CultureInfo.InvariantCulture, $"{file}: {_problems.Count - Most} more problems. Mend these first."));
        }

        return new RulesFileException(told);
    }
}
