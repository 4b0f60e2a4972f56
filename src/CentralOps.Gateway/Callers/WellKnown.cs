using CentralOps.Gateway.Serving;

namespace CentralOps.Gateway.Callers;

/// <summary>Paths of RFC 8414 and RFC 9728.</summary>
internal static class WellKnown
{
    public const string ProtectedResource = "/.well-known/oauth-protected-resource";

    public const string AuthorizationServer = "/.well-known/oauth-authorization-server";

    /// <summary>The paths of one gateway's document: as the RFC builds them, and behind the gateway's own path, where clients look too.</summary>
    public static IReadOnlyList<string> PathsOf(string wellKnown, string gatewayId) => [$"{wellKnown}/{gatewayId}/mcp", $"/{gatewayId}{wellKnown}", $"/{gatewayId}/mcp{wellKnown}"];

    /// <summary>AgentCore's gateways have a host each and their document at its root; where one gateway alone has such a document, it is there too.</summary>
    public static IEnumerable<KeyValuePair<string, IEndpoint>> OfTheOnly(IEnumerable<ServedGateway> gateways)
    {
        foreach (var path in new[] { ProtectedResource, AuthorizationServer })
        {
            var documents = gateways.Select(gateway => gateway.Endpoints.GetValueOrDefault($"/{gateway.Config.GatewayId}{path}")).OfType<IEndpoint>().Take(2).ToArray();
            if (documents is [var only])
            {
                yield return new(path, only);
            }
        }
    }
}
