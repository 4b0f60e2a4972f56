using System.Collections.Concurrent;
using System.Text.Json;

namespace CentralOps.Gateway.Outbound;

/// <summary>Where authorization servers give tokens, by RFC 8414 or OpenID Connect Discovery; what was found is kept for a while.</summary>
internal sealed class AuthorizationServers(OutboundDocuments documents, TimeProvider time)
{
    private const int MaxKept = 256;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (string TokenEndpoint, DateTimeOffset Until)> _found = new(StringComparer.Ordinal);

    /// <returns>The token endpoint, or why there is none.</returns>
    public async ValueTask<(string? TokenEndpoint, string Problem)> FindAsync(string discoveryUrl, string? issuer, CancellationToken cancellationToken)
    {
        if (_found.TryGetValue(discoveryUrl, out var known) && known.Until > time.GetUtcNow())
        {
            return (known.TokenEndpoint, "");
        }

        var (document, problem) = await documents.GetAsync(discoveryUrl, cancellationToken);
        if (document is null)
        {
            return (null, $"its discovery document cannot be read: {problem}");
        }

        var (endpoint, wrong) = Read(document.Value, discoveryUrl, issuer);
        if (endpoint is null)
        {
            return (null, wrong);
        }

        if (_found.Count >= MaxKept)
        {
            _found.Clear();
        }

        _found[discoveryUrl] = (endpoint, time.GetUtcNow() + KeptFor);
        return (endpoint, "");
    }

    private static (string? Endpoint, string Problem) Read(JsonElement document, string discoveryUrl, string? issuer)
    {
        var stated = Text(document, "issuer");
        if (stated is null || !Describes(discoveryUrl, stated) || (issuer is not null && !string.Equals(issuer, stated, StringComparison.Ordinal)))
        {
            return (null, "the issuer in its discovery document is not the one that the document's URL belongs to");
        }

        return Text(document, "token_endpoint") is { Length: > 0 } endpoint
            ? (endpoint, "")
            : (null, "its discovery document names no token_endpoint");
    }

    // RFC 8414 puts the well-known path before the issuer's own, OpenID Connect behind it; servers are found with either name in either place.
    private static bool Describes(string discoveryUrl, string issuer)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var url) || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return false;
        }

        var (origin, path) = (url.GetLeftPart(UriPartial.Authority), url.AbsolutePath.TrimEnd('/'));
        foreach (var name in (ReadOnlySpan<string>)["openid-configuration", "oauth-authorization-server"])
        {
            if (string.Equals(discoveryUrl, $"{issuer.TrimEnd('/')}/.well-known/{name}", StringComparison.Ordinal)
                || string.Equals(discoveryUrl, $"{origin}/.well-known/{name}{path}", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Text(JsonElement document, string member) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
