using CentralOps.Conformance.Suites;

namespace CentralOps.Conformance.Table;

/// <summary>Runs everything and writes it down.</summary>
internal static class ConformanceTable
{
    /// <returns>The page, and every cell that its explanation does not fit: with any of those the page is not to be kept.</returns>
    public static async Task<(string Page, IReadOnlyList<string> Problems)> MakeAsync(CancellationToken cancellationToken)
    {
        var explanations = Explanations.Read();
        var committed = File.Exists(ConformancePage.Path) ? await File.ReadAllTextAsync(ConformancePage.Path, cancellationToken) : "";
        using var suite = new Suite();
        var cells = await new Runs(suite, cell => explanations.IsNotApplicable(cell.Key), cell => IsAsExpected(cell, explanations, committed)).AllAsync(cancellationToken);
        return (new ConformancePage(cells, explanations).Write(), [.. explanations.Problems(cells)]);
    }

    private static bool IsAsExpected(Cell cell, Explanations explanations, string committed) =>
        cell.Result.State == (explanations.Of(cell.Key)?.State ?? ScenarioState.Pass)
        && (!ConformancePage.HasChecks(cell) || committed.Contains(ConformancePage.Checks(cell), StringComparison.Ordinal));
}
