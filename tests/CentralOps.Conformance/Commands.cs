using CentralOps.Conformance.Fixture;
using CentralOps.Conformance.Suites;
using CentralOps.Conformance.Table;

namespace CentralOps.Conformance;

/// <summary>What the command does. Each returns the process's exit code.</summary>
internal static class Commands
{
    private const int NothingToRun = 3;

    public static async Task<int> ServeFixtureAsync(int port, CancellationToken cancellationToken)
    {
        await using var fixture = await FixtureServer.StartAsync(port, TimeProvider.System, cancellationToken);
        Console.WriteLine(fixture.Url);
        await UntilAsync(cancellationToken);
        return 0;
    }

    /// <param name="server">Null: a fixture of its own.</param>
    public static async Task<int> RunServerSuitesAsync(Uri? server, CancellationToken cancellationToken)
    {
        if (SuitePackage.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return NothingToRun;
        }

        await using var fixture = await FixtureServer.StartAsync(0, TimeProvider.System, cancellationToken);
        using var suite = new Suite();
        var failed = 0;
        foreach (var revision in Suite.Revisions)
        {
            foreach (var result in (await suite.RunServerAsync(server ?? fixture.Url, revision, cancellationToken)).Values.OrderBy(result => result.Scenario, StringComparer.Ordinal))
            {
                failed += result.State == ScenarioState.Fail ? 1 : 0;
                Console.WriteLine($"{revision} {result.Scenario}: {result.State}, {result.Passed} checks passed");
                foreach (var check in result.Checks.Where(check => check.Status is "FAILURE" or "WARNING"))
                {
                    Console.WriteLine($"    {check.Id}: {check.Status} {check.Message}");
                }
            }
        }

        return failed == 0 ? 0 : 1;
    }

    public static async Task<int> MakeTableAsync(bool compareOnly, CancellationToken cancellationToken)
    {
        if (SuitePackage.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return NothingToRun;
        }

        var (page, problems) = await ConformanceTable.MakeAsync(cancellationToken);
        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync(problem);
        }

        if (problems.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{problems.Count} cells do not agree with {Explanations.Path}. Mend what fails, or say why it does.");
            return 1;
        }

        if (!compareOnly)
        {
            await File.WriteAllTextAsync(ConformancePage.Path, page, cancellationToken);
            return 0;
        }

        if (File.Exists(ConformancePage.Path) && await File.ReadAllTextAsync(ConformancePage.Path, cancellationToken) == page)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync("docs/conformance.md is old. Make it anew: dotnet run --project tests/CentralOps.Conformance -- table");
        return 1;
    }

    private static async Task UntilAsync(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(ended.SetResult);
        await ended.Task;
    }
}
