using System.Text.RegularExpressions;

namespace CentralOps.Conformance.Suites;

/// <summary>A scenario that a revision of MCP asks for.</summary>
/// <param name="IsScored">False for extensions, and for what came into the suite after the revision.</param>
internal sealed partial record Requirement(string Scenario, bool IsScored)
{
    /// <param name="leg"><c>server</c> or <c>client</c>.</param>
    public static async Task<IReadOnlyList<Requirement>> ListAsync(string revision, string leg, CancellationToken cancellationToken)
    {
        var listed = await SuiteProcess.RunAsync(["list", "--requirements", revision], cancellationToken);
        var title = leg == "server" ? "Server scenarios" : "Client scenarios";
        var requirements = new List<Requirement>();
        var within = false;
        foreach (var line in listed.Output.Split('\n'))
        {
            within = line.StartsWith("  ", StringComparison.Ordinal) ? within : line.StartsWith(title, StringComparison.Ordinal) || (within && line.Length == 0);
            if (Unscored().Match(line) is { Success: true } unscored && unscored.Groups["leg"].Value == leg)
            {
                requirements.Add(new(unscored.Groups["name"].Value, IsScored: false));
            }
            else if (within && Scored().Match(line) is { Success: true } scored)
            {
                requirements.Add(new(scored.Groups["name"].Value, IsScored: true));
            }
        }

        return requirements.Count > 0 ? requirements : throw new InvalidOperationException($"The suite lists no {leg} scenarios for {revision}:\n{listed.Output}");
    }

    [GeneratedRegex(@"^ +- (?<name>\S+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Scored();

    [GeneratedRegex(@"^ +- (?<name>\S+) \[(?<leg>\w+)\]$", RegexOptions.ExplicitCapture)]
    private static partial Regex Unscored();
}
