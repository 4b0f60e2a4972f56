using System.Text.RegularExpressions;

namespace CentralOps.Conformance.Suites;

/// <summary>A scenario that a revision of MCP asks for.</summary>
/// <param name="IsScored">False for extensions, and for what came into the suite after the revision.</param>
internal sealed partial record Requirement(string Scenario, bool IsScored)
{
    public static async Task<(IReadOnlyList<Requirement> Server, IReadOnlyList<Requirement> Client)> ListAsync(string revision, CancellationToken cancellationToken)
    {
        var (_, listed) = await SuiteProcess.RunAsync(["list", "--requirements", revision], cancellationToken);
        return (Read(listed, "server", "Server scenarios"), Read(listed, "client", "Client scenarios"));
    }

    /// <param name="leg">How it is called behind a scenario that is not scored.</param>
    /// <param name="title">Stands above the scored ones.</param>
    private static List<Requirement> Read(string listed, string leg, string title)
    {
        var requirements = new List<Requirement>();
        var within = false;
        foreach (var line in listed.Split('\n'))
        {
            within = line.Length == 0 || line[0] == ' ' ? within : line.StartsWith(title, StringComparison.Ordinal);
            if (within && Scored().Match(line) is { Success: true } scored)
            {
                requirements.Add(new(scored.Groups["name"].Value, IsScored: true));
            }
            else if (Unscored().Match(line) is { Success: true } unscored && unscored.Groups["leg"].Value == leg)
            {
                requirements.Add(new(unscored.Groups["name"].Value, IsScored: false));
            }
        }

        return requirements.Count > 0 ? requirements : throw new InvalidOperationException($"The suite lists no scenarios for a {leg}:\n{listed}");
    }

    [GeneratedRegex(@"^ +- (?<name>\S+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Scored();

    [GeneratedRegex(@"^ +- (?<name>\S+) \[(?<leg>\w+)\]$", RegexOptions.ExplicitCapture)]
    private static partial Regex Unscored();
}
