using System.Globalization;
using Xunit.Abstractions;

namespace CentralOps.Sandbox.Tests.Policies.Simulator;

/// <summary>The evaluation against an independent one, over drawn cases of trust, identity, resource, session policy, boundary and service control policy.</summary>
public sealed class SimulatorTests(ITestOutputHelper output)
{
    private static readonly int Cases = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is "1" ? 20_000 : 2_000;

    [SimulatorFact]
    public async Task Every_decision_is_an_independent_simulators_or_excepted_with_awss_page()
    {
        var cases = CaseDice.Draw(seed: int.Parse(Environment.GetEnvironmentVariable("CENTRALOPS_SEED") ?? "20261122", CultureInfo.InvariantCulture), Cases).ToList();
        var theirs = await IamSimulator.DecideAsync(cases);

        var excepted = new Dictionary<string, int>(StringComparer.Ordinal);
        var differences = new List<string>();
        var decisions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < cases.Count; i++)
        {
            var (drawn, their, our) = (cases[i], theirs[i], cases[i].Decide());
            Count(decisions, our);
            if (our == their)
            {
                continue;
            }

            var pages = Excepted.Explain(drawn, their);
            if (pages.Count > 0)
            {
                Count(excepted, string.Join(" and ", pages.Select(page => page[(page.LastIndexOf('/') + 1)..])));
                continue;
            }

            differences.Add($"case {i}: here {our}, there {their}\n{drawn.Simulation()}");
        }

        output.WriteLine($"{cases.Count} cases ({Told(decisions)}); excepted: {Told(excepted)}");
        differences.Count.ShouldBe(0, $"{differences.Count} differ; excepted {Told(excepted)}\n" + string.Join("\n", differences.Take(3)));
        // What is compared has to be worth comparing: each decision often, and the exceptions a small part.
        decisions.Values.Min().ShouldBeGreaterThan(cases.Count / 10, Told(decisions));
        excepted.Values.Sum().ShouldBeLessThan(cases.Count / 10, Told(excepted));
    }

    private static void Count(Dictionary<string, int> counts, string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

    private static string Told(Dictionary<string, int> counts) => string.Join(", ", counts.Select(pair => $"{pair.Key} {pair.Value}"));
}
