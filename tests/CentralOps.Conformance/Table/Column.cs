using CentralOps.Conformance.Suites;

namespace CentralOps.Conformance.Table;

/// <summary>What the suite was run against.</summary>
/// <param name="Name">As explanations call it.</param>
/// <param name="Title">As the page calls it.</param>
internal sealed record Column(string Name, string Title)
{
    public static Column Direct { get; } = new("direct", "the fixture, directly");

    public static Column Stateless { get; } = new("stateless", "through the gateway, fixture spoken to in 2026-07-28");

    public static Column Sessions { get; } = new("sessions", "through the gateway, fixture spoken to in 2025-11-25");

    public static Column Builtin { get; } = new("builtin", "the gateway by itself");

    public static Column Client { get; } = new("client", "the gateway's client");

    public static IReadOnlyList<Column> Servers { get; } = [Direct, Stateless, Sessions, Builtin];
}

/// <summary>One run of one scenario: which revision, against what, how it ended.</summary>
internal sealed record Cell(string Revision, Column Column, Requirement Requirement, ScenarioResult Result)
{
    public string Key => $"{Revision} {Column.Name} {Requirement.Scenario}";
}
