using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CentralOps.Gateway.Outbound;

/// <summary>Asks an authorization server for a token by client credentials (RFC 6749, section 4.4), for one resource (RFC 8707).</summary>
internal sealed class OAuthTokenRequest(
    OAuthClient client, OutboundCredential.OAuth settings, string resource, OutboundDocuments documents, AuthorizationServers servers, TimeProvider time)
{
    private const int MaxTokenLength = 16 * 1024;

    private static readonly TimeSpan WithoutExpiry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestKept = TimeSpan.FromHours(12);
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    // A burst of calls asks once for a refusal too.
    private static readonly TimeSpan RefusalKept = TimeSpan.FromSeconds(1);

    private volatile bool _withoutResource;

    public bool ResourceRefused => _withoutResource;

    public async Task<OAuthToken> SendAsync(CancellationToken cancellationToken)
    {
        var endpoint = client.TokenEndpoint;
        if (endpoint is null)
        {
            (endpoint, var problem) = client.DiscoveryUrl is { } discovery
                ? await servers.FindAsync(discovery, client.Issuer, cancellationToken)
                : (null, "neither its discovery URL nor its token endpoint is set");
            if (endpoint is null)
            {
                return Refused($"{problem}.");
            }
        }

        if (!TargetUrl.TryParse(endpoint, out var url, out var wrong))
        {
            return Refused($"its token endpoint is not a URL that can be called: {wrong}.");
        }

        return await AskAsync(url, cancellationToken);
    }

    private async Task<OAuthToken> AskAsync(TargetUrl url, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(url, _withoutResource, cancellationToken);
        if (!_withoutResource && RefusesResource(answer.Document))
        {
            answer = await PostAsync(url, withoutResource: true, cancellationToken);
            _withoutResource = answer.Status == 200;
        }

        return answer switch
        {
            (200, { } document, _) => Read(document),
            (_, _, { Length: > 0 } problem) => Refused($"{problem}."),
            (var status, { } document, _) when Text(document, "error") is { } error => Refused(
                $"it answered with status {status}, {Shaped(error, 64)}{(Text(document, "error_description") is { } told ? $": {Shaped(told, 256)}" : "")}. Check the client's id, secret and scopes."),
            (var status, _, _) => Refused($"it answered with status {status}."),
        };
    }

    private async ValueTask<(int Status, JsonElement? Document, string Problem)> PostAsync(TargetUrl url, bool withoutResource, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url.With(url.Query));
        var form = new StringBuilder("grant_type=client_credentials");
        if (settings.Scopes.Count > 0)
        {
            Add(form, "scope", string.Join(' ', settings.Scopes));
        }

        if (!withoutResource)
        {
            Add(form, "resource", resource);
        }

        foreach (var (name, value) in settings.CustomParameters.Where(parameter => !IsOurs(parameter.Key)))
        {
            Add(form, name, value);
        }

        if (client.Authentication == OAuthClientAuthentication.ClientSecretPost)
        {
            Add(form, "client_id", client.ClientId);
            Add(form, "client_secret", client.ClientSecret.Reveal());
        }
        else
        {
            // Both parts are form-encoded before they are joined (RFC 6749, section 2.3.1).
            var pair = $"{Form(client.ClientId)}:{Form(client.ClientSecret.Reveal())}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(form.ToString()));
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        return await documents.SendAsync(request, cancellationToken);
    }

    private OAuthToken Read(JsonElement document)
    {
        if (Text(document, "access_token") is not { } token || !HeaderText.IsVisible(token, MaxTokenLength))
        {
            return Refused("its answer holds no access_token that a header can carry.");
        }

        // Any other type asks for a proof with each request.
        if (Text(document, "token_type") is { } type && !string.Equals(type, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return Refused($"it gives tokens of type {Shaped(type, 32)}, and only Bearer is served.");
        }

        var lifetime = Lifetime(document);
        var early = lifetime / 10 < Early ? lifetime / 10 : Early;
        return OAuthToken.Granted(token, time.GetUtcNow() + lifetime - early);
    }

    private static TimeSpan Lifetime(JsonElement document)
    {
        if (!document.TryGetProperty("expires_in", out var stated))
        {
            return WithoutExpiry;
        }

        var text = stated.ValueKind == JsonValueKind.String ? stated.GetString() : stated.GetRawText();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, LongestKept.TotalSeconds))
            : WithoutExpiry;
    }

    /// <summary>RFC 8707 has <c>invalid_target</c>; servers that never heard of it have other words.</summary>
    private static bool RefusesResource(JsonElement? document) => document is { } answer && Text(answer, "error") switch
    {
        "invalid_target" => true,
        "invalid_request" or "invalid_scope" => Text(answer, "error_description")?.Contains("resource", StringComparison.OrdinalIgnoreCase) == true,
        _ => false,
    };

    private OAuthToken Refused(string problem) => OAuthToken.Refused(
        $"No token came from the authorization server of the OAuth2 credential provider {Printable.Text(client.ProviderArn, 256)}: {problem}", time.GetUtcNow() + RefusalKept);

    // Whoever echoes what he was sent must not get the secret into our words.
    private string Shaped(string text, int maxLength) =>
        client.ClientSecret.Reveal() is { Length: > 0 } secret && text.Contains(secret, StringComparison.Ordinal) ? "(an error that holds the secret)" : Printable.Text(text, maxLength);

    private static bool IsOurs(string parameter) => parameter is "grant_type" or "scope" or "resource" or "client_id" or "client_secret";

    private static void Add(StringBuilder form, string name, string value) =>
        form.Append('&').Append(Form(name)).Append('=').Append(Form(value));

    private static string Form(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string? Text(JsonElement document, string member) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
