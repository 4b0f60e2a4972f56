using System.Globalization;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>Collects what is wrong with an estate file, so that everything is told at once.</summary>
internal sealed class EstateProblems(string file)
{
    private const int Most = 50;

    private readonly List<(int Line, string Words)> _problems = [];

    public bool None => _problems.Count == 0;

    /// <param name="line">Counted from 1.</param>
    /// <param name="what">What is wrong, without a full stop.</param>
    /// <param name="repair">What to do, as a sentence.</param>
    public void Add(int line, string what, string repair) => _problems.Add((line, $"{what}. {repair}"));

    public EstateFileException ToException()
    {
        var told = _problems.OrderBy(problem => problem.Line).Take(Most).Select(problem => string.Create(CultureInfo.InvariantCulture, $"{file}:{problem.Line}: {problem.Words}")).ToList();
        if (_problems.Count > Most)
        {
            told.Add(string.Create(CultureInfo.InvariantCulture, $"{file}: {_problems.Count - Most} more problems. Mend these first."));
        }

        return new EstateFileException(told);
    }
}
