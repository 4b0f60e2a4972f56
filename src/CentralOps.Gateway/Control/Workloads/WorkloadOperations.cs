using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Workloads;

/// <summary>Create, Get, List, Update and DeleteWorkloadIdentity. Every gateway has one of its own, under its id.</summary>
internal static class WorkloadOperations
{
    private const string What = "Workload identity";

    public static async ValueTask<ControlResult> CreateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var name = call.Text("name");
        if (await context.Store.FindAsync(Kinds.WorkloadIdentity, name, cancellationToken) is not null)
        {
            return ControlError.Invalid("name", $"Workload identity '{name}' already exists");
        }

        var body = New(context, name, call.Without("tags"));
        List<StoreWrite> writes =
        [
            new StoreWrite.Insert(Kinds.WorkloadIdentity, name, "", null, Resource.Bytes(body)),
            new StoreWrite.AtMost(Kinds.WorkloadIdentity, "", ControlLimits.MaxWorkloadIdentities + ControlLimits.MaxGateways),
        ];
        Tags.TagOperations.Attach(context.Arns.WorkloadIdentity(name), call.Input["tags"], writes);
        return await context.CommitAsync(
            call, writes, body.Only("name", "workloadIdentityArn", "allowedResourceOauth2ReturnUrls"),
            ControlError.ThrottledBy($"The limit of {ControlLimits.MaxWorkloadIdentities} workload identities has been reached."), cancellationToken);
    }

    public static async ValueTask<ControlResult> GetAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        await context.FindAsync(Kinds.WorkloadIdentity, call.Text("name"), cancellationToken) is { } identity ? identity.Body : NotFound(call);

    public static ValueTask<ControlResult> ListAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        Page.ListAsync(context, call, Kinds.WorkloadIdentity, "", "workloadIdentities", 20, static identity => identity.Body.Only("name", "workloadIdentityArn"), cancellationToken);

    public static async ValueTask<ControlResult> UpdateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        if (await context.FindAsync(Kinds.WorkloadIdentity, call.Text("name"), cancellationToken) is not { } identity)
        {
            return NotFound(call);
        }

        var body = call.Without();
        body.Take(identity.Body, "workloadIdentityArn", "createdTime");
        body["lastUpdatedTime"] = context.NowInSeconds;
        return await context.CommitAsync(call, [identity.Updated(body)], body, whenFull: null, cancellationToken);
    }

    public static async ValueTask<ControlResult> DeleteAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var name = call.Text("name");
        if (await context.FindAsync(Kinds.WorkloadIdentity, name, cancellationToken) is not { } identity)
        {
            return NotFound(call);
        }

        if (await context.Store.FindAsync(Kinds.Gateway, name, cancellationToken) is not null)
        {
            return ControlError.Invalid("name", $"Workload identity '{name}' belongs to the gateway of that id, and is deleted with it");
        }

        List<StoreWrite> writes = [identity.Deleted()];
        await Tags.TagOperations.DetachAsync(context, context.Arns.WorkloadIdentity(name), writes, cancellationToken);
        return await context.CommitAsync(call, writes, [], whenFull: null, cancellationToken);
    }

    public static JsonObject OfGateway(ControlContext context, string gatewayId) => New(context, gatewayId, new JsonObject { ["name"] = gatewayId });

    private static JsonObject New(ControlContext context, string name, JsonObject body)
    {
        body["workloadIdentityArn"] = context.Arns.WorkloadIdentity(name);
        var now = context.NowInSeconds;
        body["createdTime"] = now;
        body["lastUpdatedTime"] = now;
        return body;
    }

    private static ControlError NotFound(ControlCall call) => ControlError.NotFound(What, call.Text("name"));
}
