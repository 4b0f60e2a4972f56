using System.Text.Json.Nodes;
using CentralOps.Gateway.Control.Provisioning;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Targets;

/// <summary>CreateGatewayTarget, GetGatewayTarget, ListGatewayTargets, UpdateGatewayTarget, DeleteGatewayTarget.</summary>
internal static class TargetOperations
{
    private const string What = "Target";

    public static async ValueTask<ControlResult> CreateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        // 1. Judge it, and the gateway that it is to belong to.
        var gatewayId = call.Text("gatewayIdentifier");
        if (await context.FindAsync(Kinds.Gateway, gatewayId, cancellationToken) is not { } gateway)
        {
            return ControlError.NotFound("Gateway", gatewayId);
        }

        if (gateway.Status is "CREATING" or "DELETING" or "FAILED")
        {
            return ControlError.InStatus("Gateway", gatewayId, gateway.Status, "given targets");
        }

        var id = Ids.Target();
        var body = call.Without("gatewayIdentifier", "clientToken");

        // How AgentCore names a target that was given no name is not known.
        body["name"] ??= $"target-{id}";
        if (await TargetDemands.CheckAsync(context, body, gateway.Body, cancellationToken) is { } wrong)
        {
            return wrong;
        }

        var name = body.TextAt("name")!;
        if (await context.Store.FindByNameAsync(Kinds.Target, gatewayId, name, cancellationToken) is not null)
        {
            return ControlError.Taken(What, name);
        }

        // 2. Hold its place among the gateway's targets and among the operations on them that run.
        if (await TargetSlots.RefusalAsync(context, gatewayId, cancellationToken) is { } busy)
        {
            return busy;
        }

        if (await context.Store.CountAsync(Kinds.Target, gatewayId, cancellationToken) >= ControlLimits.MaxTargets)
        {
            return ControlError.Quota("targets on a gateway", ControlLimits.MaxTargets);
        }

        // 3. Write it down; whoever takes the work does the rest.
        var now = context.Now;
        body["gatewayArn"] = context.Arns.Gateway(gatewayId);
        body["targetId"] = id;
        body["createdAt"] = now;
        body["updatedAt"] = now;
        body["status"] = "CREATING";
        body["credentialProviderConfigurations"] ??= new JsonArray();
        body["protocolType"] = "MCP";
        return await context.CommitAsync(
            call,
            [
                gateway.Unchanged(),
                new StoreWrite.Insert(Kinds.Target, id, gatewayId, name, Resource.Bytes(body)),
                WorkItem.ForTarget(gatewayId, id, WorkAction.Create).Queued(),
                new StoreWrite.AtMost(Kinds.Target, gatewayId, ControlLimits.MaxTargets),
                TargetSlots.Held(gatewayId),
            ],
            body, TargetSlots.Refusal(context.Switches), cancellationToken);
    }

    public static async ValueTask<ControlResult> GetAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        await FindAsync(context, call, cancellationToken) is { } target ? target.Body : NotFound(call);

    public static async ValueTask<ControlResult> ListAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var gatewayId = call.Text("gatewayIdentifier");
        return await context.Store.FindAsync(Kinds.Gateway, gatewayId, cancellationToken) is null
            ? ControlError.NotFound("Gateway", gatewayId)
            : await Page.ListAsync(context, call, Kinds.Target, gatewayId, "items", 1000, Summary, cancellationToken);
    }

    public static async ValueTask<ControlResult> UpdateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var gatewayId = call.Text("gatewayIdentifier");
        if (await context.FindAsync(Kinds.Gateway, gatewayId, cancellationToken) is not { } gateway || await FindAsync(context, call, cancellationToken) is not { } target)
        {
            return NotFound(call);
        }

        // The whole of it is replaced: what is left out is gone, but for the name, without which there is no target.
        var body = call.Without("gatewayIdentifier");
        body["name"] ??= target.Find("name");
        if (await TargetDemands.CheckAsync(context, body, gateway.Body, cancellationToken) is { } wrong)
        {
            return wrong;
        }

        if ((TargetStatus.Refusal(target, "updated") ?? await TargetSlots.RefusalAsync(context, gatewayId, cancellationToken)) is { } busy)
        {
            return busy;
        }

        var name = body.TextAt("name")!;
        var renamed = !string.Equals(name, target.Document.Name, StringComparison.Ordinal);
        if (renamed && await context.Store.FindByNameAsync(Kinds.Target, gatewayId, name, cancellationToken) is not null)
        {
            return ControlError.Taken(What, name);
        }

        body.Take(target.Body, "gatewayArn", "targetId", "createdAt", "lastSynchronizedAt", "protocolType");
        body["updatedAt"] = context.Now;
        body["status"] = "UPDATING";
        body["credentialProviderConfigurations"] ??= new JsonArray();
        return await context.CommitAsync(
            call,
            [gateway.Unchanged(), target.Updated(body, renamed ? name : null), WorkItem.ForTarget(gatewayId, target.Id, WorkAction.Update).Queued(), TargetSlots.Held(gatewayId)],
            body, TargetSlots.Refusal(context.Switches), cancellationToken);
    }

    public static async ValueTask<ControlResult> DeleteAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var gatewayId = call.Text("gatewayIdentifier");
        if (await FindAsync(context, call, cancellationToken) is not { } target)
        {
            return NotFound(call);
        }

        if ((TargetStatus.Refusal(target, "deleted") ?? await TargetSlots.RefusalAsync(context, gatewayId, cancellationToken)) is { } busy)
        {
            return busy;
        }

        target.Body["status"] = "DELETING";
        target.Body["updatedAt"] = context.Now;
        return await context.CommitAsync(
            call, [target.Updated(target.Body), WorkItem.ForTarget(gatewayId, target.Id, WorkAction.Delete).Queued(), TargetSlots.Held(gatewayId)],
            target.Body.Only("gatewayArn", "targetId", "status", "statusReasons"), TargetSlots.Refusal(context.Switches), cancellationToken);
    }

    /// <summary>The target of the call, which has to belong to the gateway of the call.</summary>
    private static async ValueTask<Resource?> FindAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        await context.FindAsync(Kinds.Target, call.Text("targetId"), cancellationToken) is { } target
            && string.Equals(target.Document.Parent, call.Text("gatewayIdentifier"), StringComparison.Ordinal)
                ? target
                : null;

    private static JsonObject Summary(Resource target)
    {
        var summary = target.Body.Only("targetId", "name", "status", "description", "createdAt", "updatedAt", "lastSynchronizedAt", "authorizationData");
        var server = target.Body.At("targetConfiguration", "mcp", "mcpServer");
        if (server is not null)
        {
            summary["listingMode"] = server.TextAt("listingMode") ?? "DEFAULT";
            summary["resourcePriority"] = (int?)server.At("resourcePriority") ?? 1000;
        }

        if (TargetKinds.Of(target.Body, out _) is { } kind)
        {
            summary["targetType"] = TargetKinds.SummaryOf(kind);
        }

        return summary;
    }

    private static ControlError NotFound(ControlCall call) => ControlError.NotFound(What, call.Text("targetId"));
}
