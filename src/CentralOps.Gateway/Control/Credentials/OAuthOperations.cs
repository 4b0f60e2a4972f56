using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Credentials;

/// <summary>Create, Get, List, Update and DeleteOauth2CredentialProvider.</summary>
internal static class OAuthOperations
{
    private const string SecretMember = "clientSecretArn";

    public static async ValueTask<ControlResult> CreateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        if (OAuthConfig.Read(call.Input, context.Options, secretNeeded: true, out var config) is { } wrong)
        {
            return wrong;
        }

        var body = Body(call, config);
        body["callbackUrl"] = new Uri(context.Url, $"/identities/oauth2/callback/{Ids.Uuid()}").AbsoluteUri;
        return await Providers.CreateAsync(context, call, ProviderKind.OAuth, body, config.Secret!, SecretMember, cancellationToken);
    }

    public static ValueTask<ControlResult> GetAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        Providers.GetAsync(context, call, ProviderKind.OAuth, cancellationToken);

    public static ValueTask<ControlResult> ListAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        Page.ListAsync(
            context, call, Kinds.OAuthProvider, "", "credentialProviders", 20,
            static provider => provider.Body.Only("name", "credentialProviderVendor", "credentialProviderArn", "createdTime", "lastUpdatedTime"), cancellationToken);

    public static async ValueTask<ControlResult> UpdateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        if (await context.FindAsync(Kinds.OAuthProvider, call.Text("name"), cancellationToken) is not { } existing)
        {
            return ControlError.NotFound(ProviderKind.OAuth.What, call.Text("name"));
        }

        if (OAuthConfig.Read(call.Input, context.Options, secretNeeded: false, out var config) is { } wrong)
        {
            return wrong;
        }

        var body = Body(call, config);
        body.Take(existing.Body, "callbackUrl");
        return await Providers.UpdateAsync(context, call, ProviderKind.OAuth, existing, body, config.Secret, SecretMember, cancellationToken);
    }

    public static ValueTask<ControlResult> DeleteAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        Providers.DeleteAsync(context, call, ProviderKind.OAuth, cancellationToken);

    private static JsonObject Body(ControlCall call, OAuthConfig config)
    {
        var body = call.Without("oauth2ProviderConfigInput", "tags");
        body["oauth2ProviderConfigOutput"] = config.Shown;
        body["clientSecretSource"] = "MANAGED";
        body["status"] = "READY";
        return body;
    }
}
