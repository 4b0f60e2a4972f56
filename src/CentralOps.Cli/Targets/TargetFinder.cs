using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Gateways;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Targets;

/// <summary>Targets by what a person types: id or name.</summary>
internal static class TargetFinder
{
    public static Argument<string> Named() => new("target") { Description = "The target's name or id." };

    public static Option<string?> Gateway() => new("--gateway", "-g") { Description = "The gateway's name or id (default: the only one there is).", HelpName = "GATEWAY" };

    public static JsonObject Key(string gatewayId, string targetId) => new() { ["gatewayIdentifier"] = gatewayId, ["targetId"] = targetId };

    /// <summary>The target's id, and what the listing says of it.</summary>
    public static async Task<JsonObject> FindAsync(ControlSession session, string gatewayId, string typed, CancellationToken cancellationToken)
    {
        var all = await ListAsync(session, gatewayId, cancellationToken);
        return all.Find(target => string.Equals(target.Text("targetId"), typed, StringComparison.Ordinal))
            ?? all.Find(target => string.Equals(target.Text("name"), typed, StringComparison.Ordinal))
            ?? throw new CommandFailedException(all.Count == 0
                ? "The gateway has no target: add one with 'centralops target add'."
                : $"The gateway has no target '{typed}': it has {GatewayFinder.Some([.. all.Select(target => target.Text("name"))])}.");
    }

    public static async Task<List<JsonObject>> ListAsync(ControlSession session, string gatewayId, CancellationToken cancellationToken) =>
        await session.AllAsync("ListGatewayTargets", GatewayFinder.Key(gatewayId), "items", cancellationToken).ToListAsync(cancellationToken);

    public static async Task DeleteAllAsync(Screen screen, ControlSession session, string gatewayId, CancellationToken cancellationToken)
    {
        foreach (var target in await ListAsync(session, gatewayId, cancellationToken))
        {
            var key = Key(gatewayId, target.Text("targetId"));
            await session.CallAsync("DeleteGatewayTarget", key, cancellationToken);
            if (await Settling.WaitAsync(screen, session, $"Deleting {target.Text("name")}", "GetGatewayTarget", key, cancellationToken) is { } left)
            {
                Settling.Say(left, screen);
                throw new CommandFailedException($"The target {target.Text("name")} is not deleted, so the gateway stays.");
            }
        }
    }
}
