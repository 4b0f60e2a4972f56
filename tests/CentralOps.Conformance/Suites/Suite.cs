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
        var folder = _results.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        var (_, output) = await SuiteProcess.RunAsync(["server", "--url", server.ToString(), "--requirements", revision, "-o", folder], cancellationToken);
        var results = Directory.GetDirectories(folder).Select(path => Read(path, Path.GetFileName(path)["server-".Length..^TimeForm.Length], null)).ToList();
        return results.Count > 0
            ? results.ToDictionary(result => result.Scenario, StringComparer.Ordinal)
            : throw new InvalidOperationException($"The suite left no results of {server}:\n{output}");
    }

    /// <summary>One scenario for a client: the suite starts <paramref name="command"/> with the address of a server of its own behind it.</summary>
    public async Task<ScenarioResult> RunClientAsync(string command, string scenario, string revision, CancellationToken cancellationToken)
    {
        var folder = _results.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        var (exitCode, output) = await SuiteProcess.RunAsync(
            ["client", "--command", command, "--scenario", scenario, "--spec-version", revision, "--force", "-o", folder], cancellationToken);
        // A scenario of a group, such as auth/…, leaves its folder in one of the group's.
        var left = Directory.GetFiles(folder, "checks.json", SearchOption.AllDirectories);
        return left is [var path]
            ? Read(Path.GetDirectoryName(path)!, scenario, exitCode)
            : throw new InvalidOperationException($"The suite left no result of {scenario}:\n{output}");
    }

    public void Dispose() => _results.Delete(recursive: true);

    private static ScenarioResult Read(string folder, string scenario, int? exitCode)
    {
        var checks = Check.Read(Path.Combine(folder, "checks.json"));
        // The suite fails a client that ends in an error, though every check of its own was passed.
        var ended = exitCode is null or 0 || checks.Any(check => check.Status is "FAILURE" or "WARNING");
        return new(scenario, ended ? checks : [.. checks, new("client-exit", "FAILURE", File.ReadAllText(Path.Combine(folder, "stderr.txt")))]);
    }
}
