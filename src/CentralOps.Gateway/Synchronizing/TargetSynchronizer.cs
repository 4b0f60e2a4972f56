using CentralOps.Gateway.Targets.McpServers;

namespace CentralOps.Gateway.Synchronizing;

/// <summary>
/// Synchronizes MCP servers over connections of their own, which end with it. Other targets have nothing to ask: their catalogue is their schema.
/// </summary>
/// <param name="limit">How long all of it may take; two minutes if not set.</param>
public sealed class TargetSynchronizer(McpTargets servers, TimeProvider time, TimeSpan? limit = null) : ITargetSynchronizer
{
    private const int MaxReason = 1500;

    private readonly TimeSpan _limit = limit ?? TimeSpan.FromMinutes(2);

    public async ValueTask<SyncOutcome> SynchronizeAsync(GatewayConfig gateway, TargetConfig target, CancellationToken cancellationToken)
    {
        if (target.Endpoint is not TargetEndpoint.McpServer server)
        {
            return new SyncOutcome.Synchronized(target.Catalog, []);
        }

        using var deadline = new CancellationTokenSource(_limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await ReadAsync(gateway, target, server, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"listing took longer than {_limit.TotalSeconds:0} seconds.");
        }
    }

    private async ValueTask<SyncOutcome> ReadAsync(GatewayConfig gateway, TargetConfig target, TargetEndpoint.McpServer server, CancellationToken cancellationToken)
    {
        if (servers.Connect(gateway, target, out var problem) is not { } connection)
        {
            return Failed(problem);
        }

        await using (connection)
        {
            var sync = new CatalogSync(connection, target.Name + "___");
            var (catalog, wrong) = await sync.ReadAsync(cancellationToken);
            if (catalog is null)
            {
                return Failed(wrong);
            }

            // A live target is asked each time; that it can be was all that there was to find out.
            return new SyncOutcome.Synchronized(server.Listing == ListingMode.Dynamic ? TargetCatalog.Empty : catalog, [.. sync.Warnings, .. connection.Warnings]);
        }
    }

    /// <summary>AgentCore's words, as far as they are known, and ours behind them.</summary>
    private static SyncOutcome.Failed Failed(string problem) =>
        new($"Failed to connect and fetch tools from the provided MCP target server. Error - {Printable.Text(problem, MaxReason)}");
}
