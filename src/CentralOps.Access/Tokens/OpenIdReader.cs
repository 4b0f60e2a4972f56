using System.Net;
using System.Net.Http.Headers;

namespace CentralOps.Access.Tokens;

/// <summary>Reads an OpenID provider's discovery document and keys. OpenID Connect Discovery 1.0, RFC 8414, RFC 7517.</summary>
internal sealed class OpenIdReader(OpenIdSettings settings, HttpMessageInvoker http)
{
    private const int MaxBytes = 1024 * 1024;
    private const int MaxIssuer = 512;

    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    /// <exception cref="OpenIdException">The provider does not answer as it has to.</exception>
    public async Task<ProviderKeys> ReadAsync(CancellationToken cancellationToken)
    {
        var metadata = await GetAsync(settings.DiscoveryUrl, "discovery document", cancellationToken);
        if (StrictClaims.Read(metadata) is not { } document)
        {
            throw new OpenIdException("the discovery document is not one JSON object with each member once");
        }

        if (StrictClaims.Text(document, "issuer") is not { Length: > 0 and <= MaxIssuer } issuer || !settings.IsMyIssuer(issuer))
        {
            throw new OpenIdException("the discovery document's issuer is not what stands before /.well-known/ in its URL");
        }

        if (!Uri.TryCreate(StrictClaims.Text(document, "jwks_uri"), UriKind.Absolute, out var keysAt) || !settings.Admits(keysAt))
        {
            throw new OpenIdException("the discovery document's jwks_uri is not an https URL");
        }

        var keySet = await GetAsync(keysAt, "key set", cancellationToken);
        return JwkSet.Read(keySet) is { } keys
            ? new ProviderKeys(issuer, keys, metadata, keySet)
            : throw new OpenIdException("the key set is not a JSON Web Key Set of at most 100 keys");
    }

    private async Task<byte[]> GetAsync(Uri url, string what, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(Json);
        request.Headers.TryAddWithoutValidation("User-Agent", "CentralOps");
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new OpenIdException($"the {what} was answered with HTTP status {(int)response.StatusCode}");
        }

        return await ReadBodyAsync(response.Content, what, cancellationToken);
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContent content, string what, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        for (var read = await stream.ReadAsync(buffer, cancellationToken); read > 0; read = await stream.ReadAsync(buffer, cancellationToken))
        {
            body.Write(buffer, 0, read);
            if (body.Length > MaxBytes)
            {
                throw new OpenIdException($"the {what} is larger than 1 MB");
            }
        }

        return body.ToArray();
    }
}

/// <summary>A provider that does not keep to its protocol; the message is ours alone.</summary>
internal sealed class OpenIdException(string message) : Exception(message);
