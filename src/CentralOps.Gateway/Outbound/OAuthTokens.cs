using System.Collections.Concurrent;

namespace CentralOps.Gateway.Outbound;

/// <summary>Tokens by client credentials, one for each provider's version, resource and scopes, shared by all targets that ask for the same.</summary>
internal sealed class OAuthTokens(OutboundDocuments documents, AuthorizationServers servers, TimeProvider time)
{
    private const int MaxKept = 1000;

    private readonly ConcurrentDictionary<OAuthTokenKey, OAuthTokenSlot> _slots = new();

    public OAuthTokenSlot Slot(OAuthClient client, OutboundCredential.OAuth settings, string resource)
    {
        var parameters = settings.CustomParameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => $"{parameter.Key}={parameter.Value}");
        var key = new OAuthTokenKey(client.ProviderArn, client.Version, resource, string.Join(' ', settings.Scopes), string.Join('\n', parameters));
        if (_slots.TryGetValue(key, out var slot))
        {
            return slot;
        }

        // Old versions of providers are never asked for again; they leave when there are too many.
        if (_slots.Count >= MaxKept)
        {
            _slots.Clear();
        }

        var request = new OAuthTokenRequest(client, settings, resource, documents, servers, time);
        return _slots.GetOrAdd(key, new OAuthTokenSlot(request, time));
    }

    private sealed record OAuthTokenKey(string ProviderArn, long Version, string Resource, string Scopes, string Parameters);
}
