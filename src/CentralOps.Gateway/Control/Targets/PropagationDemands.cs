using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Targets;

/// <summary>What may not pass between a client's request and a target's (§2.8, and the gateway-headers page of the developer guide).</summary>
internal static class PropagationDemands
{
    private const string OwnPrefix = "X-Amzn-";
    private const string CustomPrefix = "X-Amzn-Bedrock-AgentCore-Runtime-Custom-";
    private const string SessionId = "Mcp-Session-Id";

    private static readonly FrozenSet<string> Refused = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Authorization", "Proxy-Authorization", "WWW-Authenticate", "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Content-Type", "Content-Length",
        "Content-Encoding", "Content-Language", "Content-Location", "Content-Range", "Cache-Control", "ETag", "Expires", "If-Match", "If-Modified-Since", "If-None-Match",
        "If-Range", "If-Unmodified-Since", "Last-Modified", "Pragma", "Vary", "Connection", "Keep-Alive", "Proxy-Connection", "Upgrade", "Host", "User-Agent", "Referer",
        "From", "Range", "Accept-Ranges", "Transfer-Encoding", "TE", "Trailer", "Server", "Date", "Location", "Retry-After", "Set-Cookie", "Cookie",
        "Content-Security-Policy", "Content-Security-Policy-Report-Only", "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "X-XSS-Protection",
        "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Embedder-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
        "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Allow-Credentials",
        "Access-Control-Expose-Headers", "Access-Control-Max-Age", "Access-Control-Request-Method", "Access-Control-Request-Headers", "Origin", "Accept-CH",
        "Accept-CH-Lifetime", "DPR", "Width", "Viewport-Width", "Downlink", "ECT", "RTT", "Save-Data", "Clear-Site-Data", "Feature-Policy", "Expect-CT", "Public-Key-Pins",
        "Public-Key-Pins-Report-Only", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "X-Requested-With", "X-CSRF-Token", "CF-Ray",
        "CF-Connecting-IP", "X-Amz-Cf-Id", "X-Cache", "X-Served-By", "Link", "Sec-WebSocket-Key", "Sec-WebSocket-Accept", "Sec-WebSocket-Version",
        "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions");

    /// <param name="sessions">The gateway has sessions of its own.</param>
    public static ControlError? Check(JsonObject input, bool sessions)
    {
        // The header or parameter that the target's API key stands in.
        var (key, inQuery) = ApiKeyOf(input);
        foreach (var member in (string[])["allowedRequestHeaders", "allowedResponseHeaders", "allowedQueryParameters"])
        {
            var isQuery = member is "allowedQueryParameters";
            var names = input.TextsAt("metadataConfiguration", member);
            for (var i = 0; i < names.Count; i++)
            {
                var taken = key is not null && isQuery == inQuery && string.Equals(names[i], key, StringComparison.OrdinalIgnoreCase);
                var problem = isQuery ? Name(names[i]) : Header(names[i], sessions);
                problem ??= taken ? "carries the target's API key" : null;
                if (problem is not null)
                {
                    return ControlError.Invalid($"metadataConfiguration.{member}.{i}", $"'{Printable.Text(names[i], 100)}' {problem}: it cannot be allowed");
                }
            }

            if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count)
            {
                return ControlError.Invalid($"metadataConfiguration.{member}", "Names must be different from each other");
            }
        }

        return null;
    }

    /// <summary>Whether a target passes on the header that a gateway with sessions keeps to itself.</summary>
    public static bool PassesSessions(JsonObject target) => ((string[])["allowedRequestHeaders", "allowedResponseHeaders"])
        .Any(member => target.TextsAt("metadataConfiguration", member).Contains(SessionId, StringComparer.OrdinalIgnoreCase));

    private static string? Header(string name, bool sessions) => name switch
    {
        _ when Name(name) is { } problem => problem,
        _ when Refused.Contains(name) => "is a header that the gateway or the protocol sets itself",
        _ when name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase) && !name.StartsWith(CustomPrefix, StringComparison.OrdinalIgnoreCase) =>
            $"begins with {OwnPrefix}, of which only {CustomPrefix}* passes",
        _ when sessions && string.Equals(name, SessionId, StringComparison.OrdinalIgnoreCase) => "is the gateway's own, whose sessions are enabled",
        _ => null,
    };

    private static string? Name(string name) =>
        name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? null : "is not made of letters, digits, '_' and '-'";

    private static (string? Name, bool InQuery) ApiKeyOf(JsonObject input)
    {
        var provider = ((input["credentialProviderConfigurations"] as JsonArray)?[0]).At("credentialProvider", "apiKeyCredentialProvider");
        return (provider.TextAt("credentialParameterName"), provider.TextAt("credentialLocation") is "QUERY_PARAMETER");
    }
}
