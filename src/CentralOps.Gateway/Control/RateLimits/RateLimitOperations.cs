using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.RateLimits;

/// <summary>Create, Get, List, Update and DeleteGatewayRateLimit: kept and returned, not enforced yet.</summary>
internal static class RateLimitOperations
{
    private const string What = "Rate limit";

    public static async ValueTask<ControlResult> CreateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var gatewayId = call.Text("gatewayIdentifier");
        if (await context.FindAsync(Kinds.Gateway, gatewayId, cancellationToken) is not { } gateway)
        {
            return ControlError.NotFound("Gateway", gatewayId);
        }

        if (RateLimitDemands.Check(call.Input, "") is { } wrong)
        {
            return wrong;
        }

        var limit = RateLimit.New(gatewayId, call.Without("clientToken"), context.Now);
        if (await limit.TakenAsync(context, cancellationToken) is { } taken)
        {
            return taken;
        }

        return await context.CommitAsync(
            call, [gateway.Unchanged(), limit.Inserted(), new StoreWrite.AtMost(Kinds.RateLimit, gatewayId, ControlLimits.MaxRateLimits)], limit.Body,
            ControlError.Quota("rate limits on a gateway", ControlLimits.MaxRateLimits), cancellationToken);
    }

    public static async ValueTask<ControlResult> GetAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        await FindAsync(context, call, cancellationToken) is { } limit ? limit.Body : NotFound(call);

    public static async ValueTask<ControlResult> ListAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var gatewayId = call.Text("gatewayIdentifier");
        return await context.Store.FindAsync(Kinds.Gateway, gatewayId, cancellationToken) is null
            ? ControlError.NotFound("Gateway", gatewayId)
            : await Page.ListAsync(context, call, Kinds.RateLimit, gatewayId, "rateLimits", 100, static limit => limit.Body, cancellationToken);
    }

    public static async ValueTask<ControlResult> UpdateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, call, cancellationToken) is not { } limit)
        {
            return NotFound(call);
        }

        // A PATCH; what the limit is about (its id and dimensions) cannot change.
        var given = call.Without("gatewayIdentifier", "rateLimitId");
        if (given["dimensionKeys"] is { } keys && !JsonNode.DeepEquals(keys, limit.Body["dimensionKeys"]))
        {
            return ControlError.Invalid("dimensionKeys", "Dimension keys cannot be updated for an existing rate limit");
        }

        foreach (var (name, value) in given)
        {
            limit.Body[name] = value?.DeepClone();
        }

        limit.Body["updatedAt"] = context.Now;
        return RateLimitDemands.Check(limit.Body, "") is { } wrong
            ? wrong
            : await context.CommitAsync(call, [limit.Updated(limit.Body)], limit.Body, whenFull: null, cancellationToken);
    }

    public static async ValueTask<ControlResult> DeleteAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        await FindAsync(context, call, cancellationToken) is { } limit
            ? await context.CommitAsync(
                call, [limit.Deleted()], new JsonObject { ["rateLimitId"] = call.Text("rateLimitId"), ["status"] = "DELETING" }, whenFull: null, cancellationToken)
            : NotFound(call);

    private static ValueTask<Resource?> FindAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        context.FindAsync(Kinds.RateLimit, RateLimit.Key(call.Text("gatewayIdentifier"), call.Text("rateLimitId")), cancellationToken);

    private static ControlError NotFound(ControlCall call) => ControlError.NotFound(What, call.Text("rateLimitId"));
}
