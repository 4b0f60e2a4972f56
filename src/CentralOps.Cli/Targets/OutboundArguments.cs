using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Gateways;

namespace CentralOps.Cli.Targets;

/// <summary>How the gateway shows itself to an MCP server: nothing, its own role, OAuth, or an API key.</summary>
internal sealed class OutboundArguments(Option<string?> region)
{
    private readonly Option<string?> _service = new("--iam-service") { Description = "Sign with the gateway's role, for this service.", HelpName = "SERVICE" };
    private readonly Option<string?> _oauth = new("--oauth") { Description = "Get tokens by this OAuth2 credential provider.", HelpName = "NAME|ARN" };
    private readonly Option<string[]> _scopes = GatewayMembers.Several("--scope", "A scope to ask for (with --oauth); repeat it for more.", "SCOPE");
    private readonly Option<string?> _key = new("--api-key") { Description = "Send the key of this API-key credential provider.", HelpName = "NAME|ARN" };
    private readonly Option<string?> _header = new("--header") { Description = "The header that the key goes into (with --api-key; default: Authorization).", HelpName = "NAME" };
    private readonly Option<string?> _prefix = new("--prefix") { Description = "What stands before the key in it, such as Bearer.", HelpName = "TEXT" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_service, _oauth, _scopes, _key, _header, _prefix])
        {
            command.Options.Add(option);
        }
    }

    /// <returns>The API's list of one; null where nothing was typed.</returns>
    public async Task<JsonArray?> ReadAsync(ControlSession session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (service, oauth, key) = (parsed.GetValue(_service), parsed.GetValue(_oauth), parsed.GetValue(_key));
        if (new[] { service, oauth, key }.Count(way => way is not null) > 1)
        {
            throw new CommandFailedException("--iam-service, --oauth and --api-key are three ways to show the gateway: give one of them.", ExitCode.Usage);
        }

        if ((oauth is null && parsed.GetValue(_scopes) is { Length: > 0 }) || (key is null && (parsed.GetValue(_header) ?? parsed.GetValue(_prefix)) is not null))
        {
            throw new CommandFailedException("--scope belongs to --oauth, --header and --prefix belong to --api-key.", ExitCode.Usage);
        }

        return (service, oauth, key) switch
        {
            ({ } name, _, _) => Signed(name, parsed.GetValue(region) ?? session.Region),
            (_, { } provider, _) => Tokens(await ArnAsync(session, "GetOauth2CredentialProvider", provider, cancellationToken), parsed.GetValue(_scopes) ?? []),
            (_, _, { } provider) => Key(await ArnAsync(session, "GetApiKeyCredentialProvider", provider, cancellationToken), parsed.GetValue(_header), parsed.GetValue(_prefix)),
            _ => null,
        };
    }

    private static JsonArray Signed(string service, string region)
    {
        var signed = new JsonObject { ["credentialProviderType"] = "GATEWAY_IAM_ROLE" };
        signed.Put("credentialProvider.iamCredentialProvider.service", service);
        signed.Put("credentialProvider.iamCredentialProvider.region", region);
        return [signed];
    }

    private static JsonArray Tokens(string arn, string[] scopes)
    {
        var tokens = new JsonObject { ["credentialProviderType"] = "OAUTH" };
        tokens.Put("credentialProvider.oauthCredentialProvider.providerArn", arn);
        tokens.Put("credentialProvider.oauthCredentialProvider.scopes", new JsonArray([.. scopes.Select(scope => (JsonNode?)scope)]));
        return [tokens];
    }

    private static JsonArray Key(string arn, string? header, string? prefix)
    {
        var key = new JsonObject { ["credentialProviderType"] = "API_KEY" };
        key.Put("credentialProvider.apiKeyCredentialProvider.providerArn", arn);
        key.Put("credentialProvider.apiKeyCredentialProvider.credentialLocation", "HEADER");
        key.Put("credentialProvider.apiKeyCredentialProvider.credentialParameterName", header);
        key.Put("credentialProvider.apiKeyCredentialProvider.credentialPrefix", prefix);
        return [key];
    }

    private static async Task<string> ArnAsync(ControlSession session, string operation, string provider, CancellationToken cancellationToken) =>
        provider.StartsWith("arn:", StringComparison.Ordinal)
            ? provider
            : (await session.CallAsync(operation, new JsonObject { ["name"] = provider }, cancellationToken)).Text("credentialProviderArn");
}
