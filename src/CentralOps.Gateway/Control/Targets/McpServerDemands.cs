using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Targets;

/// <summary>What an MCP server has to be beyond the model.</summary>
internal static class McpServerDemands
{
    private const string Place = "targetConfiguration.mcp.mcpServer";

    public static ControlError? Check(JsonNode server, JsonObject input, JsonObject gateway, ControlOptions options)
    {
        var endpoint = server.TextAt("endpoint")!;
        if (!EndpointRule.Admits(endpoint, options.HttpLoopbackAllowed))
        {
            return ControlError.Invalid($"{Place}.endpoint", EndpointRule.Words(options.HttpLoopbackAllowed));
        }

        if (Unencoded(endpoint) is { } encoded)
        {
            return ControlError.Invalid($"{Place}.endpoint", $"The URL holds an ARN that is not URL-encoded, and is used as it is. Write it as {encoded}");
        }

        if (server.At("mcpToolSchema") is not null)
        {
            return ControlError.Invalid($"{Place}.mcpToolSchema", "A static tool schema is for OAUTH with grant type AUTHORIZATION_CODE, whose consent is not served yet. Leave it out: the server is asked for its tools");
        }

        if (server.TextAt("listingMode") is not "DYNAMIC")
        {
            return null;
        }

        var grant = ((input["credentialProviderConfigurations"] as JsonArray)?[0]).TextAt("credentialProvider", "oauthCredentialProvider", "grantType");
        return gateway.TextAt("protocolConfiguration", "mcp", "searchType") is "SEMANTIC"
            ? ControlError.Invalid($"{Place}.listingMode", "Listing mode DYNAMIC is not supported on a gateway with semantic search")
            : grant is "AUTHORIZATION_CODE"
                ? ControlError.Invalid($"{Place}.listingMode", "Listing mode DYNAMIC is not supported with grant type AUTHORIZATION_CODE")
                : null;
    }

    /// <summary>The URL with its ARN encoded; null where it holds none that is not.</summary>
    private static string? Unencoded(string endpoint)
    {
        var query = endpoint.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? endpoint : endpoint[..query];
        var arn = path.IndexOf("/arn:", StringComparison.Ordinal);
        if (arn < 0)
        {
            return null;
        }

        // An ARN of the Runtime goes on behind its first slash: arn:aws:bedrock-agentcore:us-east-1:111111111111:runtime/name-id.
        var start = arn + 1;
        var slash = path.IndexOf('/', start);
        var end = slash < 0 ? path.Length : path.IndexOf('/', slash + 1);
        end = end < 0 ? path.Length : end;
        return $"{path[..start]}{Uri.EscapeDataString(path[start..end])}{path[end..]}{(query < 0 ? "" : endpoint[query..])}";
    }
}
