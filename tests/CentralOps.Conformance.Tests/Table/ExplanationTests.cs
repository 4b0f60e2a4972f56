using CentralOps.Conformance.Suites;
using CentralOps.Conformance.Table;

namespace CentralOps.Conformance.Tests.Table;

public sealed class ExplanationTests
{
    private const string Revision = "2026-07-28";

    [Fact]
    public void A_failure_without_an_explanation_is_a_problem_that_names_the_check()
    {
        var problems = Explanations.Of([]).Problems([Cell("ping", "FAILURE")]).ToList();

        problems.ShouldHaveSingleItem().ShouldContain("'2026-07-28 direct ping' is a Fail, and nothing explains that");
        problems[0].ShouldContain("a-check: FAILURE because");
    }

    [Theory]
    [InlineData("SUCCESS")]
    [InlineData("WARNING")]
    [InlineData("SKIPPED")]
    public void An_explanation_of_a_failure_that_is_none_is_a_problem(string status) =>
        Explained("ping", ScenarioState.Fail).Problems([Cell("ping", status)]).ShouldHaveSingleItem().ShouldContain("is explained as a Fail");

    [Fact]
    public void An_explanation_of_what_is_not_there_is_a_problem() =>
        Explained("pong", ScenarioState.Fail).Problems([Cell("ping", "SUCCESS")]).ShouldHaveSingleItem().ShouldContain("there is no such cell");

    [Fact]
    public void What_passes_or_is_explained_is_no_problem()
    {
        Explained("ping", ScenarioState.Fail).Problems([Cell("ping", "FAILURE"), Cell("tools-list", "SUCCESS")]).ShouldBeEmpty();
        Explained("ping", ScenarioState.NotApplicable).IsNotApplicable("2026-07-28 direct ping").ShouldBeTrue();
    }

    [Fact]
    public void A_cell_that_is_explained_twice_is_refused() =>
        Should.Throw<InvalidOperationException>(() => Explanations.Of([Of("ping", ScenarioState.Fail), Of("tools-list ping", ScenarioState.Warn)])).Message.ShouldContain("explained twice");

    [Theory]
    [InlineData(nameof(ScenarioState.Pass), "SUCCESS")]
    [InlineData(nameof(ScenarioState.Pass), "SUCCESS", "SKIPPED", "INFO")]
    [InlineData(nameof(ScenarioState.Warn), "SUCCESS", "WARNING")]
    [InlineData(nameof(ScenarioState.Fail), "WARNING", "FAILURE", "SUCCESS")]
    [InlineData(nameof(ScenarioState.Skip), "INFO")]
    [InlineData(nameof(ScenarioState.Skip))]
    public void A_scenario_is_as_good_as_its_worst_check(string state, params string[] statuses) =>
        new ScenarioResult("ping", [.. statuses.Select(status => new Check("a-check", status, null))]).State.ToString().ShouldBe(state);

    [Fact]
    public void Messages_of_the_right_form_alone_are_no_pass() =>
        new ScenarioResult("ping", [new("wire-schema-valid", "SUCCESS", null)]).State.ShouldBe(ScenarioState.Skip);

    [Fact]
    public void The_committed_explanations_can_be_read_and_each_has_words() =>
        Explanations.Read().All.ShouldAllBe(explanation => explanation.Why.Length > 20 && explanation.Why.EndsWith('.'));

    private static Cell Cell(string scenario, string status) =>
        new(Revision, Column.Direct, new(scenario, IsScored: true), new(scenario, [new("a-check", status, "because")]));

    private static Explanations Explained(string scenario, ScenarioState state) => Explanations.Of([Of(scenario, state)]);

    private static Explanation Of(string scenarios, ScenarioState state) => new(state, "It is so.", [new(Revision, "direct", scenarios)]);
}
