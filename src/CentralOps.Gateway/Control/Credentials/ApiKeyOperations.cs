using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Credentials;

/// <summary>Create, Get, List, Update and DeleteApiKeyCredentialProvider.</summary>
internal static class ApiKeyOperations
{
    private const string SecretMember = "apiKeySecretArn";

    public static ValueTask<ControlResult> CreateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        Read(call, out var body, out var key) is { } wrong
            ? ValueTask.FromResult<ControlResult>(wrong)
            : Providers.CreateAsync(context, call, ProviderKind.ApiKey, body, key, SecretMember, cancellationToken);

    public static ValueTask<ControlResult> GetAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        Providers.GetAsync(context, call, ProviderKind.ApiKey, cancellationToken);

    public static ValueTask<ControlResult> ListAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        Page.ListAsync(
            context, call, Kinds.ApiKeyProvider, "", "credentialProviders", 100,
            static provider => provider.Body.Only("name", "credentialProviderArn", "createdTime", "lastUpdatedTime"), cancellationToken);

    public static async ValueTask<ControlResult> UpdateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        if (await context.FindAsync(Kinds.ApiKeyProvider, call.Text("name"), cancellationToken) is not { } existing)
        {
            return ControlError.NotFound(ProviderKind.ApiKey.What, call.Text("name"));
        }

        return Read(call, out var body, out var key) is { } wrong
            ? wrong
            : await Providers.UpdateAsync(context, call, ProviderKind.ApiKey, existing, body, key, SecretMember, cancellationToken);
    }

    public static ValueTask<ControlResult> DeleteAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        Providers.DeleteAsync(context, call, ProviderKind.ApiKey, cancellationToken);

    private static ControlError? Read(ControlCall call, out JsonObject body, out string key)
    {
        body = call.Without("apiKey", "apiKeySecretConfig", "tags");
        body["apiKeySecretSource"] = "MANAGED";
        key = call.Find("apiKey") ?? "";
        return SecretSource.Check(call.Input, "apiKeySecretSource", "apiKeySecretConfig", "")
            ?? (key.Length == 0 ? ControlError.Invalid("apiKey", "The API key must not be empty") : null);
    }
}
