namespace CentralOps.Conformance.Suites;

/// <summary>How a scenario ended, from the best to the worst, and last where it was never begun.</summary>
internal enum ScenarioState
{
    Pass,

    /// <summary>Nothing was looked at but the messages' form: the suite found nothing to look at.</summary>
    Skip,

    /// <summary>What a server or client only should do, it does not.</summary>
    Warn,
    Fail,
    NotApplicable,
}

/// <summary>One scenario, run once.</summary>
internal sealed record ScenarioResult(string Scenario, IReadOnlyList<Check> Checks)
{
    private const string WireSchema = "wire-schema-valid";

    public static ScenarioResult NotApplicable(string scenario) => new(scenario, []) { IsApplicable = false };

    public bool IsApplicable { get; private init; } = true;

    public ScenarioState State =>
        !IsApplicable ? ScenarioState.NotApplicable
        : Has("FAILURE") ? ScenarioState.Fail
        : Has("WARNING") ? ScenarioState.Warn
        : Checks.Any(check => check.Status == "SUCCESS" && check.Id != WireSchema) ? ScenarioState.Pass
        : ScenarioState.Skip;

    /// <summary>The checks that are not as they should be, each once.</summary>
    public IEnumerable<string> Failing =>
        Checks.Where(check => check.Status is "FAILURE" or "WARNING").Select(check => check.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    public int Passed => Checks.Count(check => check.Status == "SUCCESS");

    private bool Has(string status) => Checks.Any(check => check.Status == status);
}
