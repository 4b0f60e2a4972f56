using System.Text.Json;
using CentralOps.Conformance.Suites;

namespace CentralOps.Conformance.Table;

/// <summary>Why cells are not as they should be.</summary>
internal sealed record Explanation(ScenarioState State, string Why, IReadOnlyList<CellGroup> Cells);

/// <summary>All cells of these revisions, columns and scenarios; each is a list with spaces between.</summary>
internal sealed record CellGroup(string Revisions, string Columns, string Scenarios)
{
    public IEnumerable<string> Keys =>
        from revision in Revisions.Split(' ') from column in Columns.Split(' ') from scenario in Scenarios.Split(' ') select $"{revision} {column} {scenario}";
}

/// <summary>The committed file of explanations. Every cell that is no pass has one, and no pass has any.</summary>
internal sealed class Explanations
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Dictionary<string, Explanation> _byCell = new(StringComparer.Ordinal);

    private Explanations(IReadOnlyList<Explanation> all)
    {
        All = all;
        foreach (var (key, explanation) in all.SelectMany(explanation => explanation.Cells.SelectMany(cells => cells.Keys).Select(key => (key, explanation))))
        {
            if (!_byCell.TryAdd(key, explanation))
            {
                throw new InvalidOperationException($"'{key}' is explained twice. Leave one.");
            }
        }
    }

    public static string Path { get; } = System.IO.Path.Combine(SuitePackage.Root, "tests", "CentralOps.Conformance", "explanations.json");

    public IReadOnlyList<Explanation> All { get; }

    public static Explanations Read() => Of(JsonSerializer.Deserialize<List<Explanation>>(File.ReadAllBytes(Path), Form)!);

    /// <exception cref="InvalidOperationException">A cell is explained twice.</exception>
    public static Explanations Of(IReadOnlyList<Explanation> all) => new(all);

    public Explanation? Of(string key) => _byCell.GetValueOrDefault(key);

    public bool IsNotApplicable(string key) => Of(key)?.State == ScenarioState.NotApplicable;

    /// <summary>Everything in which cells and explanations do not agree.</summary>
    public IEnumerable<string> Problems(IReadOnlyList<Cell> cells)
    {
        foreach (var cell in cells)
        {
            var state = cell.Result.State;
            var explained = Of(cell.Key)?.State ?? ScenarioState.Pass;
            if (state != explained)
            {
                yield return $"'{cell.Key}' is a {state}, and {(explained == ScenarioState.Pass ? "nothing explains that" : $"is explained as a {explained}")}:{Told(cell)}";
            }
        }

        foreach (var key in _byCell.Keys.Except(cells.Select(cell => cell.Key), StringComparer.Ordinal))
        {
            yield return $"'{key}' is explained, and there is no such cell.";
        }
    }

    private static string Told(Cell cell) =>
        string.Concat(cell.Result.Checks.Where(check => check.Status is "FAILURE" or "WARNING").Select(check => $"\n    {check.Id}: {check.Status} {check.Message}"));
}
