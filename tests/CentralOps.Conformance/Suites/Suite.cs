namespace CentralOps.Conformance.Suites;

/// <summary>Runs the suite and reads what it looked at.</summary>
internal sealed class Suite : IDisposable
{
    // A folder of results is named server-SCENARIO-TIME.
    private const string TimeForm = "-0000-00-00T00-00-00-000Z";

    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("central-ops-conformance-");

    /// <summary>The revisions whose requirements are run.</summary>
    public static IReadOnlyList<string> Revisions { get; } = ["2025-11-25", "2026-07-28"];

    /// <summary>All that a revision asks of a server, one scenario after the other.</summary>
    public async Task<IReadOnlyDictionary<string, ScenarioResult>> RunServerAsync(Uri server, string revision, CancellationToken cancellationToken)
    {
        var (folder, _, output) = await RunAsync(["server", "--url", server.ToString(), "--requirements", revision], cancellationToken);
        var results = Directory.GetDirectories(folder).Select(path => new ScenarioResult(
            Path.GetFileName(path)["server-".Length..^TimeForm.Length], Check.Read(Path.Combine(path, "checks.json")))).ToList();
        return results.Count > 0
            ? results.ToDictionary(result => result.Scenario, StringComparer.Ordinal)
            : throw new InvalidOperationException($"The suite left no results of {server}:\n{output}");
    }

    /// <summary>One scenario of a server, alone.</summary>
    public async Task<ScenarioResult> RunServerScenarioAsync(Uri server, string scenario, string revision, CancellationToken cancellationToken)
    {
        var (folder, _, output) = await RunAsync(["server", "--url", server.ToString(), "--scenario", scenario, "--spec-version", revision, "--force"], cancellationToken);
        return new(scenario, Check.Read(OnlyResult(folder, output)));
    }

    /// <summary>One scenario for a client: the suite starts <paramref name="command"/> with the address of a server of its own behind it.</summary>
    public async Task<ScenarioResult> RunClientAsync(string command, string scenario, string revision, CancellationToken cancellationToken)
    {
        var (folder, exitCode, output) = await RunAsync(
            ["client", "--command", command, "--scenario", scenario, "--spec-version", revision, "--force"], cancellationToken);
        var checks = Check.Read(OnlyResult(folder, output));
        // The suite fails a client that ends in an error, though it passed every check.
        var isTold = exitCode == 0 || checks.Any(check => check.Status is "FAILURE" or "WARNING");
        return new(scenario, isTold ? checks : [.. checks, new("client-exit", "FAILURE", output)]);
    }

    public void Dispose() => _results.Delete(recursive: true);

    private async Task<(string Folder, int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var folder = _results.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        var (exitCode, output) = await SuiteProcess.RunAsync([.. arguments, "-o", folder], cancellationToken);
        return (folder, exitCode, output);
    }

    // A scenario of a group, such as auth/…, leaves its folder in one of the group's.
    private static string OnlyResult(string folder, string output) =>
        Directory.GetFiles(folder, "checks.json", SearchOption.AllDirectories) is [var path]
            ? path
            : throw new InvalidOperationException($"The suite left no result:\n{output}");
}
