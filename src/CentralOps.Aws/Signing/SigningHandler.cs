using CentralOps.Aws.Credentials;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Signing;

/// <summary>
/// Signs every request that passes, for clients of other people's making (an MCP client) that call what AWS protects. Place it next
/// to the transport: what a later handler changes breaks the signature. Redirects must be off in that transport.
/// </summary>
/// <param name="credentials">Asked for each request; expected to cache.</param>
public sealed class SigningHandler(
    Func<CancellationToken, ValueTask<AwsCredentials>> credentials, SigningScope scope, TimeProvider time) : DelegatingHandler
{
    public SigningHandler(Func<CancellationToken, ValueTask<AwsCredentials>> credentials, string region, string service, TimeProvider time)
        : this(credentials, new SigningScope(region, service), time)
    {
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri;
        if (url is not { IsAbsoluteUri: true })
        {
            throw new InvalidOperationException("A request to be signed needs an absolute URL: its host is part of the signature.");
        }

        var keys = await credentials(cancellationToken);
        var wire = await ReadAsync(request, url, cancellationToken);
        SignatureV4.Sign(wire, keys, scope, time.GetUtcNow());
        Take(request, wire, "Authorization");
        Take(request, wire, AmzNames.Date);
        Take(request, wire, AmzNames.SecurityToken);
        Take(request, wire, AmzNames.ContentSha256);
        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>Refused: the base class would let a synchronous request pass unsigned.</summary>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Requests are signed asynchronously; use SendAsync.");

    private static async Task<WireRequest> ReadAsync(HttpRequestMessage request, Uri url, CancellationToken cancellationToken)
    {
        request.Headers.Host ??= url.IsDefaultPort ? url.IdnHost : $"{url.IdnHost}:{url.Port}";
        var wire = new WireRequest
        {
            Method = request.Method.Method,
            Path = url.AbsolutePath,
            Query = url.Query.Length > 1 ? url.Query[1..] : "",
            // Buffers the content, so the transport sends the very bytes that were signed.
            Body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : default,
        };
        foreach (var header in request.Headers.NonValidated)
        {
            wire.Headers.Add(header.Key, header.Value.ToString());
        }

        foreach (var header in request.Content?.Headers.NonValidated ?? default)
        {
            // The transport computes the length while sending; a chunked body has none.
            if (!string.Equals(header.Key, "Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                wire.Headers.Add(header.Key, header.Value.ToString());
            }
        }

        return wire;
    }

    private static void Take(HttpRequestMessage request, WireRequest wire, string name)
    {
        request.Headers.Remove(name);
        if (wire.Headers.Find(name) is { } value)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
