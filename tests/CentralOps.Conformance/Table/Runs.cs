using CentralOps.Conformance.Fixture;
using CentralOps.Conformance.Subjects;
using CentralOps.Conformance.Suites;
using CentralOps.Gateway;

namespace CentralOps.Conformance.Table;

/// <summary>Runs the suite against everything that the table has a column for.</summary>
internal sealed class Runs(Suite suite, Explanations explanations)
{
    // As many as two cores bear: some scenarios measure how long they are kept waiting.
    private const int AtOnce = 3;

    public async Task<IReadOnlyList<Cell>> AllAsync(CancellationToken cancellationToken)
    {
        // A fixture each: some scenarios change what it lists.
        await using var direct = await FixtureServer.StartAsync(0, TimeProvider.System, cancellationToken);
        await using var first = await FixtureServer.StartAsync(0, TimeProvider.System, cancellationToken);
        await using var second = await FixtureServer.StartAsync(0, TimeProvider.System, cancellationToken);
        await using var stateless = await Gateways.BeforeAsync(first.Url, ProtocolVersions.All, cancellationToken);
        await using var sessions = await Gateways.BeforeAsync(second.Url, [Versions.NewestStateful], cancellationToken);
        await using var builtin = await Gateways.WithBuiltinToolsAsync(cancellationToken);
        (Column Column, Uri Url)[] servers =
            [(Column.Direct, direct.Url), (Column.Stateless, stateless.McpUrl), (Column.Sessions, sessions.McpUrl), (Column.Builtin, builtin.McpUrl)];

        using var gate = new SemaphoreSlim(AtOnce);
        var runs = new List<Task<IReadOnlyList<Cell>>>();
        foreach (var revision in Suite.Revisions)
        {
            runs.AddRange(servers.Select(server => RunAsync(gate, () => ServerAsync(server.Column, server.Url, revision, cancellationToken), cancellationToken)));
            foreach (var requirement in await Requirement.ListAsync(revision, "client", cancellationToken))
            {
                runs.Add(RunAsync(gate, () => ClientAsync(requirement, revision, cancellationToken), cancellationToken));
            }
        }

        return [.. (await Task.WhenAll(runs)).SelectMany(cells => cells)];
    }

    private static async Task<IReadOnlyList<Cell>> RunAsync(SemaphoreSlim gate, Func<Task<IReadOnlyList<Cell>>> run, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await run();
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<IReadOnlyList<Cell>> ServerAsync(Column column, Uri url, string revision, CancellationToken cancellationToken)
    {
        var requirements = await Requirement.ListAsync(revision, "server", cancellationToken);
        var results = await suite.RunServerAsync(url, revision, cancellationToken);
        return [.. requirements.Select(requirement =>
        {
            var cell = new Cell(revision, column, requirement, results[requirement.Scenario]);
            return explanations.IsNotApplicable(cell.Key) ? cell with { Result = ScenarioResult.NotApplicable(requirement.Scenario) } : cell;
        })];
    }

    private async Task<IReadOnlyList<Cell>> ClientAsync(Requirement requirement, string revision, CancellationToken cancellationToken)
    {
        var cell = new Cell(revision, Column.Client, requirement, ScenarioResult.NotApplicable(requirement.Scenario));
        var command = Path.Combine(AppContext.BaseDirectory, "CentralOps.Conformance") + " client";
        return [explanations.IsNotApplicable(cell.Key) ? cell : cell with { Result = await suite.RunClientAsync(command, requirement.Scenario, revision, cancellationToken) }];
    }
}
