using CentralOps.Conformance.Fixture;
using CentralOps.Conformance.Subjects;
using CentralOps.Conformance.Suites;
using CentralOps.Gateway;

namespace CentralOps.Conformance.Table;

/// <summary>Runs the suite against everything that the table has a column for.</summary>
/// <param name="isNotApplicable">What is not run, or not looked at.</param>
/// <param name="isAsExpected">What needs no second look: some scenarios wait for half a second only, which a busy machine may take for itself.</param>
internal sealed class Runs(Suite suite, Func<Cell, bool> isNotApplicable, Func<Cell, bool> isAsExpected)
{
    // As many as two cores bear: some scenarios measure how long they are kept waiting.
    private const int AtOnce = 3;

    private static readonly string ClientCommand = Path.Combine(AppContext.BaseDirectory, "CentralOps.Conformance") + " client";

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
            var (required, ofClients) = await Requirement.ListAsync(revision, cancellationToken);
            runs.AddRange(servers.Select(server => RunAsync(gate, () => ServerAsync(required, server.Column, server.Url, revision, cancellationToken), cancellationToken)));
            foreach (var requirement in ofClients)
            {
                runs.Add(RunAsync(gate, () => ClientAsync(requirement, revision, cancellationToken), cancellationToken));
            }
        }

        var cells = (await Task.WhenAll(runs)).SelectMany(ended => ended).ToArray();
        var urls = servers.ToDictionary(server => server.Column, server => server.Url);
        for (var at = 0; at < cells.Length; at++)
        {
            cells[at] = isAsExpected(cells[at]) ? cells[at] : await AgainAsync(cells[at], urls, cancellationToken);
        }

        return cells;
    }

    private async Task<Cell> AgainAsync(Cell cell, Dictionary<Column, Uri> urls, CancellationToken cancellationToken) => cell with
    {
        Result = urls.TryGetValue(cell.Column, out var url)
            ? await suite.RunServerScenarioAsync(url, cell.Requirement.Scenario, cell.Revision, cancellationToken)
            : await suite.RunClientAsync(ClientCommand, cell.Requirement.Scenario, cell.Revision, cancellationToken),
    };

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

    private async Task<IReadOnlyList<Cell>> ServerAsync(
        IReadOnlyList<Requirement> required, Column column, Uri url, string revision, CancellationToken cancellationToken)
    {
        var results = await suite.RunServerAsync(url, revision, cancellationToken);
        return [.. required.Select(requirement =>
        {
            var cell = new Cell(revision, column, requirement, results[requirement.Scenario]);
            return isNotApplicable(cell) ? cell with { Result = ScenarioResult.NotApplicable(requirement.Scenario) } : cell;
        })];
    }

    private async Task<IReadOnlyList<Cell>> ClientAsync(Requirement requirement, string revision, CancellationToken cancellationToken)
    {
        var cell = new Cell(revision, Column.Client, requirement, ScenarioResult.NotApplicable(requirement.Scenario));
        return [isNotApplicable(cell) ? cell : cell with { Result = await suite.RunClientAsync(ClientCommand, requirement.Scenario, revision, cancellationToken) }];
    }
}
