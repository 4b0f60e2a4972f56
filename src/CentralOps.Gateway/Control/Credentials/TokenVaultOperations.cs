using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Credentials;

/// <summary>GetTokenVault and SetTokenVaultCMK. There is the one vault, <c>default</c>; which KMS key it names is kept, secrets are sealed with the gateway's own.</summary>
internal static class TokenVaultOperations
{
    public static async ValueTask<ControlResult> GetAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var id = call.Find("tokenVaultId") ?? Arns.DefaultVault;
        if (!IsKnown(id))
        {
            return ControlError.NotFound("Token vault", id);
        }

        return await context.FindAsync(Kinds.TokenVault, id, cancellationToken) is { } vault
            ? vault.Body
            : new JsonObject { ["tokenVaultId"] = id, ["kmsConfiguration"] = new JsonObject { ["keyType"] = "ServiceManagedKey" }, ["lastModifiedDate"] = context.NowInSeconds };
    }

    public static async ValueTask<ControlResult> SetKeyAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var id = call.Find("tokenVaultId") ?? Arns.DefaultVault;
        if (!IsKnown(id))
        {
            return ControlError.NotFound("Token vault", id);
        }

        var customers = call.Input.TextAt("kmsConfiguration", "keyType") is "CustomerManagedKey";
        if (customers != (call.Input.At("kmsConfiguration", "kmsKeyArn") is not null))
        {
            return ControlError.Invalid("kmsConfiguration.kmsKeyArn", "A key of type CustomerManagedKey has a kmsKeyArn, one of type ServiceManagedKey has none");
        }

        var body = call.Without();
        body["tokenVaultId"] = id;
        body["lastModifiedDate"] = context.NowInSeconds;
        var existing = await context.FindAsync(Kinds.TokenVault, id, cancellationToken);
        var write = existing?.Updated(body) ?? new StoreWrite.Insert(Kinds.TokenVault, id, "", null, Resource.Bytes(body));
        return await context.CommitAsync(call, [write], body, whenFull: null, cancellationToken);
    }

    private static bool IsKnown(string id) => string.Equals(id, Arns.DefaultVault, StringComparison.Ordinal);
}
