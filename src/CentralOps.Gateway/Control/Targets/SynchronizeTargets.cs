using System.Text.Json.Nodes;
using CentralOps.Gateway.Control.Provisioning;

namespace CentralOps.Gateway.Control.Targets;

/// <summary>SynchronizeGatewayTargets: asks an MCP server anew what it offers.</summary>
internal static class SynchronizeTargets
{
    private const string Place = "targetIdList";

    public static async ValueTask<ControlResult> SynchronizeAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var gatewayId = call.Text("gatewayIdentifier");
        var id = call.Input.TextsAt(Place)[0];
        if (await context.FindAsync(Kinds.Target, id, cancellationToken) is not { } target || !string.Equals(target.Document.Parent, gatewayId, StringComparison.Ordinal))
        {
            return ControlError.NotFound("Target", id);
        }

        if (target.Body.At("targetConfiguration", "mcp", "mcpServer") is not { } server)
        {
            return ControlError.Invalid(Place, $"Target '{id}' is no MCP server: only MCP servers are synchronized. Update the target to change its tools");
        }

        if (server.TextAt("listingMode") is "DYNAMIC")
        {
            return ControlError.Invalid(Place, $"Target '{id}' has listing mode DYNAMIC: it is asked with every listing and cannot be synchronized");
        }

        if ((TargetStatus.Refusal(target, "synchronized") ?? await TargetSlots.RefusalAsync(context, gatewayId, cancellationToken)) is { } busy)
        {
            return busy;
        }

        target.Body["status"] = "SYNCHRONIZING";
        return await context.CommitAsync(
            call, [target.Updated(target.Body), WorkItem.ForTarget(gatewayId, id, WorkAction.Synchronize).Queued(), TargetSlots.Held(gatewayId)],
            new JsonObject { ["targets"] = new JsonArray(target.Body.DeepClone()) }, TargetSlots.Refusal(context.Switches), cancellationToken);
    }
}
