using CentralOps.Gateway.Mcp;
using CentralOps.Proxy.Upstreams;

namespace CentralOps.Proxy.Serving;

/// <summary>What the proxy says of its own.</summary>
internal static class ProxyWords
{
    public static McpError NotTaken { get; } = McpError.Invalid(
        $"The request is not taken: a request with its id is under way, or {InFlight.Most} are. Use an id once, and wait for answers.");

    public static McpError Fault { get; } = McpError.TargetFailed("The proxy failed on this request. Its log (stderr) says why.");

    public static string Instructions(ConfinedUpstream upstream) =>
        $"Tools of the MCP server at {upstream.Address.Host}. Each takes the AWS account to run in as an argument ({Tools.AccountArgument.Name}: a 12-digit id, or the account's name). "
        + (upstream.IsConfined ? "Credentials are confined to reading: writes and secrets are refused by AWS." : "Credentials are not confined: what the role may do, a tool may do.");
}
