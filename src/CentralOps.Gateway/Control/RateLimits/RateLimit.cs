using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.RateLimits;

/// <summary>A rate limit that is about to be written. Its id is its gateway's choice of name; its dimensions are unique within the gateway.</summary>
internal sealed record RateLimit(string GatewayId, string Id, JsonObject Body)
{
    private string Dimensions => DimensionsOf(Body);

    /// <summary>Ids are unique within a gateway only.</summary>
    public static string Key(string gatewayId, string rateLimitId) => $"{gatewayId}/{rateLimitId}";

    public static RateLimit New(string gatewayId, JsonObject body, string now)
    {
        var id = body.TextAt("rateLimitId") ?? Ids.Suffix();
        body["rateLimitId"] = id;
        body["gatewayIdentifier"] = gatewayId;
        body["status"] = "ACTIVE";
        body["createdAt"] = now;
        body["updatedAt"] = now;
        return new(gatewayId, id, body);
    }

    /// <summary>Ten dimensions are longer than a name may be.</summary>
    public static string DimensionsOf(JsonObject body) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', body.TextsAt("dimensionKeys")))));

    public async ValueTask<ControlError?> TakenAsync(ControlContext context, CancellationToken cancellationToken)
    {
        if (await context.Store.FindAsync(Kinds.RateLimit, Key(GatewayId, Id), cancellationToken) is not null)
        {
            return ControlError.Taken("Rate limit", Id);
        }

        return await context.Store.FindByNameAsync(Kinds.RateLimit, GatewayId, Dimensions, cancellationToken) is not null
            ? ControlError.Conflict("Another rate limit of the gateway has the same dimension keys.")
            : null;
    }

    public StoreWrite Inserted() => new StoreWrite.Insert(Kinds.RateLimit, Key(GatewayId, Id), GatewayId, Dimensions, Resource.Bytes(Body));
}
