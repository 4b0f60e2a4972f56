using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.RateLimits;

/// <summary>
/// BatchPutGatewayRateLimits. AWS's text says of it that it replaces all limits, and also that it updates those that match and creates the others: here
/// those that match by id, or without one by dimensions, are updated, new ones created, and the rest are left alone, which loses nothing.
/// </summary>
internal static class BatchPutRateLimits
{
    public static async ValueTask<ControlResult> PutAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var gatewayId = call.Text("gatewayIdentifier");
        if (await context.FindAsync(Kinds.Gateway, gatewayId, cancellationToken) is not { } gateway)
        {
            return ControlError.NotFound("Gateway", gatewayId);
        }

        var given = call.Input["rateLimits"]!.AsArray();
        if (Check(given) is { } wrong)
        {
            return wrong;
        }

        var writes = new List<StoreWrite> { gateway.Unchanged() };
        var shown = new JsonArray();
        foreach (var limit in given)
        {
            var (write, body, refused) = await PutOneAsync(context, gatewayId, limit!.DeepClone().AsObject(), cancellationToken);
            if (refused is not null)
            {
                return refused;
            }

            writes.Add(write!);
            shown.Add((JsonNode)body);
        }

        writes.Add(new StoreWrite.AtMost(Kinds.RateLimit, gatewayId, ControlLimits.MaxRateLimits));
        return await context.CommitAsync(
            call, writes, new JsonObject { ["rateLimits"] = shown }, ControlError.Quota("rate limits on a gateway", ControlLimits.MaxRateLimits), cancellationToken);
    }

    private static ControlError? Check(JsonArray given)
    {
        for (var i = 0; i < given.Count; i++)
        {
            if (RateLimitDemands.Check(given[i]!.AsObject(), $"rateLimits.{i}.") is { } wrong)
            {
                return wrong;
            }
        }

        var ids = given.Select(static limit => limit.TextAt("rateLimitId")).OfType<string>().ToList();
        var dimensions = given.Select(static limit => RateLimit.DimensionsOf(limit!.AsObject())).ToList();
        return ids.Distinct(StringComparer.Ordinal).Count() != ids.Count || dimensions.Distinct(StringComparer.Ordinal).Count() != dimensions.Count
            ? ControlError.Invalid("rateLimits", "Rate limits must have different ids and different dimension keys")
            : null;
    }

    private static async ValueTask<(StoreWrite? Write, JsonObject Body, ControlError? Refused)> PutOneAsync(
        ControlContext context, string gatewayId, JsonObject limit, CancellationToken cancellationToken)
    {
        var dimensions = RateLimit.DimensionsOf(limit);
        var document = limit.TextAt("rateLimitId") is { } id
            ? await context.Store.FindAsync(Kinds.RateLimit, RateLimit.Key(gatewayId, id), cancellationToken)
            : await context.Store.FindByNameAsync(Kinds.RateLimit, gatewayId, dimensions, cancellationToken);
        if (document is null)
        {
            var added = RateLimit.New(gatewayId, limit, context.Now);
            return (added.Inserted(), added.Body, await added.TakenAsync(context, cancellationToken));
        }

        var existing = Resource.Of(document);
        if (!string.Equals(document.Name, dimensions, StringComparison.Ordinal))
        {
            return (null, limit, ControlError.Invalid("rateLimits", $"Dimension keys cannot be updated for an existing rate limit: '{limit.TextAt("rateLimitId")}' has others"));
        }

        limit.Take(existing.Body, "rateLimitId", "gatewayIdentifier", "status", "createdAt");
        limit["updatedAt"] = context.Now;
        return (existing.Updated(limit), limit, null);
    }
}
