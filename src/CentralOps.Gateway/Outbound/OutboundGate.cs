using System.Net;

namespace CentralOps.Gateway.Outbound;

/// <summary>
/// What is judged for each request and not for each connection: requests that a proxy would carry, whose connection leads to the proxy, and
/// redirects, which are followed on the same origin for GET and nowhere else: a POST's body and credentials are for whom they were made.
/// </summary>
internal sealed class OutboundGate(OutboundRules rules, IWebProxy? proxy, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int MaxRedirects = 3;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri ?? throw new InvalidOperationException("An outbound request needs an absolute URL.");
        return Refuse(url) is { } refusal ? Task.FromException<HttpResponseMessage>(new OutboundRefusedException(refusal))
            : request.Method == HttpMethod.Get ? FollowAsync(request, cancellationToken)
            : base.SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> FollowAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var redirects = 0; redirects < MaxRedirects && Follow(request, response) is { } next; redirects++)
        {
            response.Dispose();
            request.RequestUri = next;
            response = await base.SendAsync(request, cancellationToken);
        }

        return response;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Outbound requests are asynchronous; use SendAsync.");

    // The proxy resolves the name: only what stands in the URL can be judged here.
    private string? Refuse(Uri url)
    {
        if (proxy?.GetProxy(url) is null)
        {
            return null;
        }

        var encrypted = string.Equals(url.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);
        var address = IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var literal) ? literal : null;
        return rules.Refuse(url.IdnHost, address, encrypted);
    }

    private static Uri? Follow(HttpRequestMessage request, HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
        {
            return null;
        }

        var next = new Uri(request.RequestUri!, location);
        return Uri.Compare(next, request.RequestUri, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
            && next.UserInfo.Length == 0 ? next : null;
    }
}
