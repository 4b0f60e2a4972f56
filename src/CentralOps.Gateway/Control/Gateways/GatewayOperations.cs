using System.Text.Json.Nodes;
using CentralOps.Gateway.Control.Provisioning;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Gateways;

/// <summary>CreateGateway, GetGateway, ListGateways, UpdateGateway, DeleteGateway.</summary>
internal static class GatewayOperations
{
    private const string What = "Gateway";

    public static async ValueTask<ControlResult> CreateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        // 1. Judge it.
        var name = call.Text("name");
        if (GatewayDemands.Check(call.Input, context.Options) is { } wrong)
        {
            return wrong;
        }

        if (await context.Store.FindByNameAsync(Kinds.Gateway, "", name, cancellationToken) is not null)
        {
            return ControlError.Taken(What, name);
        }

        // 2. Make it, and the workload identity that goes with it.
        var id = Ids.Gateway(name);
        var body = call.Without("clientToken", "tags");
        body["gatewayArn"] = context.Arns.Gateway(id);
        body["gatewayId"] = id;
        var now = context.Now;
        body["createdAt"] = now;
        body["updatedAt"] = now;
        body["status"] = "CREATING";
        body["workloadIdentityDetails"] = new JsonObject { ["workloadIdentityArn"] = context.Arns.WorkloadIdentity(id) };
        List<StoreWrite> writes =
        [
            new StoreWrite.Insert(Kinds.Gateway, id, "", name, Resource.Bytes(body)),
            new StoreWrite.Insert(Kinds.WorkloadIdentity, id, "", null, Resource.Bytes(Workloads.WorkloadOperations.OfGateway(context, id))),
            WorkItem.ForGateway(id, WorkAction.Create).Queued(),
            new StoreWrite.AtMost(Kinds.Gateway, "", ControlLimits.MaxGateways),
        ];
        Tags.TagOperations.Attach(context.Arns.Gateway(id), call.Input["tags"], writes);
        return await context.CommitAsync(call, writes, Show(context, body), ControlError.Quota("gateways", ControlLimits.MaxGateways), cancellationToken);
    }

    public static async ValueTask<ControlResult> GetAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        await context.FindAsync(Kinds.Gateway, call.Text("gatewayIdentifier"), cancellationToken) is { } gateway
            ? Show(context, gateway.Body)
            : NotFound(call);

    public static ValueTask<ControlResult> ListAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        Page.ListAsync(context, call, Kinds.Gateway, "", "items", 1000, Summary, cancellationToken);

    public static async ValueTask<ControlResult> UpdateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        if (await context.FindAsync(Kinds.Gateway, call.Text("gatewayIdentifier"), cancellationToken) is not { } gateway)
        {
            return NotFound(call);
        }

        if (GatewayDemands.CheckUnchanged(gateway.Body, call.Input, context.Switches) is { } changed)
        {
            return changed;
        }

        if (GatewayDemands.Check(call.Input, context.Options) is { } wrong)
        {
            return wrong;
        }

        if (gateway.Status is not ("READY" or "FAILED" or "UPDATE_UNSUCCESSFUL"))
        {
            return ControlError.InStatus(What, gateway.Id, gateway.Status, "updated");
        }

        if (HasSessions(call.Input) && !HasSessions(gateway.Body) && await PassingAsync(context, gateway.Id, cancellationToken) is { } target)
        {
            return ControlError.Invalid(
                "protocolConfiguration.mcp.sessionConfiguration", $"Target '{Printable.Text(target, 128)}' passes on Mcp-Session-Id, which is the gateway's own where it has sessions. Take it out of the target's metadataConfiguration first");
        }

        // The whole of it is replaced: what is left out is gone.
        var body = call.Without("gatewayIdentifier");
        body.Take(gateway.Body, "gatewayArn", "gatewayId", "createdAt", "workloadIdentityDetails");
        GatewayDemands.KeepUnchangeable(gateway.Body, body);
        body["updatedAt"] = context.Now;
        body["status"] = "UPDATING";
        return await context.CommitAsync(
            call, [gateway.Updated(body), WorkItem.ForGateway(gateway.Id, WorkAction.Update).Queued()], Show(context, body), whenFull: null, cancellationToken);
    }

    public static async ValueTask<ControlResult> DeleteAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        if (await context.FindAsync(Kinds.Gateway, call.Text("gatewayIdentifier"), cancellationToken) is not { } gateway)
        {
            return NotFound(call);
        }

        if (gateway.Status is "CREATING" or "UPDATING" or "DELETING")
        {
            return ControlError.InStatus(What, gateway.Id, gateway.Status, "deleted");
        }

        gateway.Body["status"] = "DELETING";
        gateway.Body["updatedAt"] = context.Now;
        List<StoreWrite> writes = [gateway.Updated(gateway.Body), WorkItem.ForGateway(gateway.Id, WorkAction.Delete).Queued()];
        if (context.Switches.DeleteGatewayWithTargets == DeleteGatewayWithTargets.Conflict)
        {
            writes.Add(new StoreWrite.AtMost(Kinds.Target, gateway.Id, 0));
        }

        return await context.CommitAsync(
            call, writes, gateway.Body.Only("gatewayId", "status", "statusReasons"),
            ControlError.Conflict($"Gateway '{gateway.Id}' has targets associated with it. Delete all targets before deleting the gateway."), cancellationToken);
    }

    private static bool HasSessions(JsonObject gateway) => gateway.At("protocolConfiguration", "mcp", "sessionConfiguration") is not null;

    /// <summary>The name of a target that was made while the gateway had no sessions, and passes their header on; null where there is none.</summary>
    private static async ValueTask<string?> PassingAsync(ControlContext context, string gatewayId, CancellationToken cancellationToken)
    {
        await foreach (var document in context.AllAsync(Kinds.Target, gatewayId, cancellationToken))
        {
            var target = Resource.Of(document);
            if (Targets.PropagationDemands.PassesSessions(target.Body))
            {
                return target.Find("name") ?? target.Id;
            }
        }

        return null;
    }

    /// <summary>A gateway as answers show it: its URL is where it is served now.</summary>
    public static JsonObject Show(ControlContext context, JsonObject body)
    {
        var shown = body.DeepClone().AsObject();
        shown["gatewayUrl"] = context.Options.GatewayUrl(body.TextAt("gatewayId")!);
        return shown;
    }

    private static JsonObject Summary(Resource gateway) =>
        gateway.Body.Only("gatewayId", "name", "status", "description", "createdAt", "updatedAt", "authorizerType", "protocolType");

    private static ControlError NotFound(ControlCall call) => ControlError.NotFound(What, call.Text("gatewayIdentifier"));
}
