using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Credentials;

/// <summary>What both kinds of credential providers do: a document that is shown, and a sealed secret that never is.</summary>
internal static class Providers
{
    private static readonly string[] Times = ["createdTime", "lastUpdatedTime"];

    /// <param name="body">What is shown of it; times and ARNs are added.</param>
    public static async ValueTask<ControlResult> CreateAsync(
        ControlContext context, ControlCall call, ProviderKind kind, JsonObject body, string secret, string secretMember, CancellationToken cancellationToken)
    {
        var name = call.Text("name");
        if (await context.Store.FindAsync(kind.Kind, name, cancellationToken) is not null)
        {
            return ControlError.Taken(kind.What, name);
        }

        var arn = kind.Arn(context.Arns, name);
        if (Seal(context, arn, secret) is not { } sealedSecret)
        {
            return ControlError.EncryptionFailed;
        }

        var now = context.NowInSeconds;
        body["name"] = name;
        body["credentialProviderArn"] = arn;
        body[secretMember] = new JsonObject { ["secretArn"] = context.Arns.Secret(kind.Family, name, Ids.SecretSuffix()) };
        body["createdTime"] = now;
        body["lastUpdatedTime"] = now;
        List<StoreWrite> writes =
        [
            new StoreWrite.Insert(kind.Kind, name, "", null, Resource.Bytes(body)),
            new StoreWrite.Insert(Kinds.Secret, arn, "", null, sealedSecret),
            new StoreWrite.AtMost(kind.Kind, "", ControlLimits.MaxProviders),
        ];
        Tags.TagOperations.Attach(arn, call.Input["tags"], writes);
        var answer = body.DeepClone().AsObject();
        foreach (var member in Times)
        {
            answer.Remove(member);
        }

        return await context.CommitAsync(call, writes, answer, ControlError.Quota($"{kind.What}s", ControlLimits.MaxProviders), cancellationToken);
    }

    /// <param name="secret">Null: it stays as it is.</param>
    public static async ValueTask<ControlResult> UpdateAsync(
        ControlContext context, ControlCall call, ProviderKind kind, Resource existing, JsonObject body, string? secret, string secretMember, CancellationToken cancellationToken)
    {
        var arn = kind.Arn(context.Arns, existing.Id);
        body["name"] = existing.Id;
        body.Take(existing.Body, "credentialProviderArn", secretMember, "createdTime");
        body["lastUpdatedTime"] = context.NowInSeconds;
        List<StoreWrite> writes = [existing.Updated(body)];
        if (secret is not null)
        {
            var kept = await context.Store.FindAsync(Kinds.Secret, arn, cancellationToken);
            if (Seal(context, arn, secret) is not { } sealedSecret)
            {
                return ControlError.EncryptionFailed;
            }

            writes.Add(kept is null ? new StoreWrite.Insert(Kinds.Secret, arn, "", null, sealedSecret) : new StoreWrite.Update(Kinds.Secret, arn, kept.Version, sealedSecret));
        }

        return await context.CommitAsync(call, writes, body, whenFull: null, cancellationToken);
    }

    public static async ValueTask<ControlResult> GetAsync(ControlContext context, ControlCall call, ProviderKind kind, CancellationToken cancellationToken) =>
        await context.FindAsync(kind.Kind, call.Text("name"), cancellationToken) is { } provider ? provider.Body : ControlError.NotFound(kind.What, call.Text("name"));

    public static async ValueTask<ControlResult> DeleteAsync(ControlContext context, ControlCall call, ProviderKind kind, CancellationToken cancellationToken)
    {
        if (await context.FindAsync(kind.Kind, call.Text("name"), cancellationToken) is not { } provider)
        {
            return ControlError.NotFound(kind.What, call.Text("name"));
        }

        if (context.Switches.DeleteProviderInUse == DeleteProviderInUse.Refuse && await ProviderUse.FindAsync(context, kind, provider.Id, cancellationToken) is { } target)
        {
            return kind.InUse(provider.Id, target);
        }

        var arn = kind.Arn(context.Arns, provider.Id);
        List<StoreWrite> writes = [provider.Deleted()];
        if (await context.Store.FindAsync(Kinds.Secret, arn, cancellationToken) is { } secret)
        {
            writes.Add(new StoreWrite.Delete(Kinds.Secret, arn, secret.Version));
        }

        await Tags.TagOperations.DetachAsync(context, arn, writes, cancellationToken);
        return await context.CommitAsync(call, writes, [], whenFull: null, cancellationToken);
    }

    private static byte[]? Seal(ControlContext context, string arn, string secret)
    {
        try
        {
            return context.Options.Sealer.Seal(Kinds.Secret, arn, Encoding.UTF8.GetBytes(secret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
