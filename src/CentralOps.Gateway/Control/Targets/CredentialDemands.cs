using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Targets;

/// <summary>Judges a target's outbound credentials: the matrix decides, then each credential has to be whole, and its provider has to be there.</summary>
internal static class CredentialDemands
{
    private const string Place = "credentialProviderConfigurations.0";

    public static async ValueTask<ControlError?> CheckAsync(ControlContext context, TargetKind kind, JsonObject input, CancellationToken cancellationToken)
    {
        var config = (input["credentialProviderConfigurations"] as JsonArray)?[0] as JsonObject;
        var cell = CellOf(config);
        var allowed = OutboundMatrix.Allowed(kind, context.Switches.Matrix);
        if (!allowed.Contains(cell))
        {
            return ControlError.Invalid(
                config is null ? "credentialProviderConfigurations" : $"{Place}.credentialProviderType",
                $"Targets of kind {TargetKinds.NameOf(kind)} do not support {OutboundMatrix.Words(cell)}. Supported: {string.Join(", ", allowed.Select(OutboundMatrix.Words))}");
        }

        return Whole(kind, cell, config) ?? await KnownAsync(context, cell, config, cancellationToken);
    }

    private static OutboundCell CellOf(JsonObject? config) => config.TextAt("credentialProviderType") switch
    {
        null => OutboundCell.None,
        "GATEWAY_IAM_ROLE" => OutboundCell.GatewayIamRole,
        "CALLER_IAM_CREDENTIALS" => OutboundCell.CallerIam,
        "JWT_PASSTHROUGH" => OutboundCell.JwtPassthrough,
        "API_KEY" => OutboundCell.ApiKey,
        _ => config.TextAt("credentialProvider", "oauthCredentialProvider", "grantType") switch
        {
            "AUTHORIZATION_CODE" => OutboundCell.OAuthAuthorizationCode,
            "TOKEN_EXCHANGE" => OutboundCell.OAuthTokenExchange,
            _ => OutboundCell.OAuthClientCredentials,
        },
    };

    private static ControlError? Whole(TargetKind kind, OutboundCell cell, JsonObject? config)
    {
        if (config is null)
        {
            return null;
        }

        var given = (config["credentialProvider"] as JsonObject)?.Single(static choice => choice.Value is not null).Key;
        var wanted = cell switch
        {
            OutboundCell.GatewayIamRole => kind == TargetKind.McpServer ? "iamCredentialProvider" : null,
            OutboundCell.ApiKey => "apiKeyCredentialProvider",
            _ => "oauthCredentialProvider",
        };
        if (string.Equals(given, wanted, StringComparison.Ordinal))
        {
            return null;
        }

        return wanted is null
            ? ControlError.Invalid($"{Place}.credentialProvider", $"GATEWAY_IAM_ROLE of targets of kind {TargetKinds.NameOf(kind)} takes no credentialProvider. Leave it out")
            : ControlError.Invalid($"{Place}.credentialProvider", $"Credential provider type {config.TextAt("credentialProviderType")} of targets of kind {TargetKinds.NameOf(kind)} needs credentialProvider.{wanted}");
    }

    private static async ValueTask<ControlError?> KnownAsync(ControlContext context, OutboundCell cell, JsonObject? config, CancellationToken cancellationToken)
    {
        var (member, kind, family) = cell switch
        {
            OutboundCell.ApiKey => ("apiKeyCredentialProvider", Kinds.ApiKeyProvider, "apikeycredentialprovider"),
            OutboundCell.OAuthClientCredentials or OutboundCell.OAuthAuthorizationCode or OutboundCell.OAuthTokenExchange =>
                ("oauthCredentialProvider", Kinds.OAuthProvider, "oauth2credentialprovider"),
            _ => default,
        };
        if (member is null)
        {
            return null;
        }

        var arn = config.TextAt("credentialProvider", member, "providerArn")!;
        return context.Arns.ProviderName(arn, family) is { } name && await context.Store.FindAsync(kind, name, cancellationToken) is not null
            ? null
            : ControlError.Invalid($"{Place}.credentialProvider.{member}.providerArn", $"There is no {family} with the ARN '{Printable.Text(arn, 256)}' in this account and region");
    }
}
