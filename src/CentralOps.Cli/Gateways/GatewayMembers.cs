using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;

namespace CentralOps.Cli.Gateways;

/// <summary>The short forms that making and changing a gateway have in common.</summary>
internal sealed class GatewayMembers
{
    private readonly Option<string?> _description = new("--description") { Description = "What it is for, up to 200 characters.", HelpName = "TEXT" };
    private readonly Option<string?> _role = new("--role-arn") { Description = "The role that AgentCore takes on for the gateway (AWS needs one).", HelpName = "ARN" };
    private readonly Option<string?> _instructions = new("--instructions") { Description = "What an agent is told of the gateway.", HelpName = "TEXT" };
    private readonly Option<bool> _debug = new("--debug") { Description = "Errors of targets in detail (exceptionLevel DEBUG)." };
    private readonly Option<string?> _discovery = new("--discovery-url") { Description = "The identity provider's …/.well-known/openid-configuration (authorizer jwt).", HelpName = "URL" };
    private readonly Option<string[]> _clients = Several("--allowed-client", "A client id that tokens may have; repeat it for more.", "ID");
    private readonly Option<string[]> _audiences = Several("--allowed-audience", "An audience that tokens may have; repeat it for more.", "AUD");
    private readonly Option<string[]> _scopes = Several("--allowed-scope", "A scope that tokens need one of; repeat it for more.", "SCOPE");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_description, _role, _instructions, _debug, _discovery, _clients, _audiences, _scopes])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether a token's rules are among what was typed.</summary>
    public bool HasToken(ParseResult parsed) => parsed.GetValue(_discovery) is not null || Lists(parsed).Any(list => list.Length > 0);

    public void Put(ParseResult parsed, JsonObject into)
    {
        into.Put("description", parsed.GetValue(_description));
        into.Put("roleArn", parsed.GetValue(_role));
        into.Put("protocolConfiguration.mcp.instructions", parsed.GetValue(_instructions));
        into.Put("exceptionLevel", parsed.GetValue(_debug) ? "DEBUG" : null);
        into.Put("authorizerConfiguration.customJWTAuthorizer.discoveryUrl", parsed.GetValue(_discovery));
        into.Put("authorizerConfiguration.customJWTAuthorizer.allowedClients", parsed.GetValue(_clients));
        into.Put("authorizerConfiguration.customJWTAuthorizer.allowedAudience", parsed.GetValue(_audiences));
        into.Put("authorizerConfiguration.customJWTAuthorizer.allowedScopes", parsed.GetValue(_scopes));
    }

    internal static Option<string[]> Several(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help, DefaultValueFactory = static _ => [] };

    private string[][] Lists(ParseResult parsed) => [parsed.GetValue(_clients) ?? [], parsed.GetValue(_audiences) ?? [], parsed.GetValue(_scopes) ?? []];
}
