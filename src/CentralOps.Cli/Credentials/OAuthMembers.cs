using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;

namespace CentralOps.Cli.Credentials;

/// <summary>The short forms of an OAuth client.</summary>
internal sealed class OAuthMembers
{
    private const string Custom = "oauth2ProviderConfigInput.customOauth2ProviderConfig";

    private readonly Option<string?> _discovery = new("--discovery-url") { Description = "The server's …/.well-known/openid-configuration or …/oauth-authorization-server.", HelpName = "URL" };
    private readonly Option<string?> _client = new("--client-id") { Description = "The client's id there.", HelpName = "ID" };
    private readonly Option<string?> _secret = SecretSource.Option("--client-secret-from", "the client's secret");

    private readonly Option<string?> _method = new("--client-authentication")
    {
        Description = "How the client shows its secret (default: CLIENT_SECRET_BASIC).",
        HelpName = "CLIENT_SECRET_BASIC|CLIENT_SECRET_POST",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_discovery, _client, _secret, _method])
        {
            command.Options.Add(option);
        }
    }

    public bool Any(ParseResult parsed) => (parsed.GetValue(_discovery) ?? parsed.GetValue(_client) ?? parsed.GetValue(_secret) ?? parsed.GetValue(_method)) is not null;

    public async Task PutAsync(ParseResult parsed, JsonObject input, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_discovery) is { } discovery)
        {
            input.Put($"{Custom}.oauthDiscovery", new JsonObject { ["discoveryUrl"] = discovery });
        }

        input.Put($"{Custom}.clientAuthenticationMethod", parsed.GetValue(_method));
        // A provider of a named vendor keeps its own member; id and secret stand in each of them alike.
        var member = (input["oauth2ProviderConfigInput"] as JsonObject)?.Select(one => one.Key).FirstOrDefault() is { } vendor ? $"oauth2ProviderConfigInput.{vendor}" : Custom;
        input.Put($"{member}.clientId", parsed.GetValue(_client));
        input.Put($"{member}.clientSecret", await SecretSource.ReadAsync("--client-secret-from", parsed.GetValue(_secret), ProcessEnvironment.Read, cancellationToken));
    }
}
