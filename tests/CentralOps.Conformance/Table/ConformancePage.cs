using System.Globalization;
using System.Text;
using CentralOps.Conformance.Suites;

namespace CentralOps.Conformance.Table;

/// <summary>Writes docs/conformance.md. The same results always give the same page.</summary>
internal sealed class ConformancePage(IReadOnlyList<Cell> cells, Explanations explanations)
{
    private readonly StringBuilder _page = new();

    public static string Path { get; } = System.IO.Path.Combine(SuitePackage.Root, "docs", "conformance.md");

    /// <summary>Checks of the scenario are not as they should be, and it has others than the one that is called as it is.</summary>
    public static bool HasChecks(Cell cell) =>
        cell.Result.State is ScenarioState.Fail or ScenarioState.Warn && !cell.Result.Failing.SequenceEqual([cell.Requirement.Scenario], StringComparer.Ordinal);

    /// <summary>Which.</summary>
    public static string Checks(Cell cell) =>
        $"* {cell.Revision}, {cell.Column.Title}, `{cell.Requirement.Scenario}`: {string.Join(", ", cell.Result.Failing.Select(id => $"`{id}`"))}";

    public string Write()
    {
        Line("# Conformance");
        Line();
        Line($"What `@modelcontextprotocol/conformance` {SuitePackage.Version} finds. Made by `dotnet run --project tests/CentralOps.Conformance -- table`; `./test` makes it again and");
        Line("compares. The fixture is a server of ours (`tests/CentralOps.Conformance/Fixture`) which offers all that the suite asks for; the gateway before it shows its names");
        Line("without prefixes (`tool_prefix=off`) and streams. A number in brackets is explained below. *warn*: something that only SHOULD be done is not. *skip*: the suite found nothing to");
        Line("look at. A scenario in italics does not count towards conformance: it is an extension, or younger than its revision.");
        foreach (var revision in Suite.Revisions)
        {
            Line();
            Line($"## Servers, {revision}");
            Table(revision, Column.Servers);
            Line();
            Line($"## The gateway's client of MCP servers, {revision}");
            Table(revision, [Column.Client]);
        }

        Explain();
        TellChecks();
        return _page.ToString();
    }

    private void Table(string revision, IReadOnlyList<Column> columns)
    {
        var here = cells.Where(cell => cell.Revision == revision).ToList();
        Line();
        Line($"| scenario | {string.Join(" | ", columns.Select(column => column.Title))} |");
        Line($"|---|{string.Concat(columns.Select(_ => "---|"))}");
        foreach (var row in here.Where(cell => columns.Contains(cell.Column)).GroupBy(cell => cell.Requirement))
        {
            var name = row.Key.IsScored ? $"`{row.Key.Scenario}`" : $"*{row.Key.Scenario}*";
            Line($"| {name} | {string.Join(" | ", columns.Select(column => Text(row.Single(cell => cell.Column == column))))} |");
        }

        var counted = here.Where(cell => cell.Requirement.IsScored && columns.Contains(cell.Column)).ToLookup(cell => cell.Column);
        Line($"| **passed of those that count and apply** | {string.Join(" | ", columns.Select(column => Total(counted[column])))} |");
    }

    private static string Total(IEnumerable<Cell> column)
    {
        var states = column.Select(cell => cell.Result.State).Where(state => state is not ScenarioState.NotApplicable).ToList();
        // As the suite itself counts: a warning is no failure.
        return string.Create(CultureInfo.InvariantCulture, $"**{states.Count(state => state != ScenarioState.Fail)} of {states.Count}**");
    }

    private string Text(Cell cell)
    {
        var word = cell.Result.State switch
        {
            ScenarioState.Pass => "pass",
            ScenarioState.Warn => "warn",
            ScenarioState.Skip => "skip",
            ScenarioState.Fail => "**fail**",
            _ => "–",
        };
        return explanations.Of(cell.Key) is { } explanation ? $"{word} [{Number(explanation)}]" : word;
    }

    private void Explain()
    {
        Line();
        Line("## Why");
        Line();
        foreach (var explanation in explanations.All)
        {
            Line($"{Number(explanation)}. {explanation.Why}");
        }
    }

    private void TellChecks()
    {
        Line();
        Line("## The checks behind a failure or warning");
        Line();
        Line("Where it is not the one check that is called as its scenario.");
        Line();
        foreach (var cell in cells.Where(HasChecks))
        {
            Line(Checks(cell));
        }
    }

    private string Number(Explanation explanation) =>
        (explanations.All.TakeWhile(other => other != explanation).Count() + 1).ToString(CultureInfo.InvariantCulture);

    private void Line(string text = "") => _page.Append(text).Append('\n');
}
