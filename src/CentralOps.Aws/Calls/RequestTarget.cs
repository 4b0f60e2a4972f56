using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Calls;

/// <summary>Puts a request at an endpoint: the host with its prefix, the base path of a user's endpoint, and the URL that is sent.</summary>
internal static class RequestTarget
{
    // The path goes out as it was signed: by default the URL type would unescape and shorten it.
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static Uri Place(WireRequest request, Endpoint endpoint)
    {
        var host = endpoint.Url.IdnHost;
        if (request.HostPrefix is { Length: > 0 } prefix && !endpoint.Overridden)
        {
            host = IsHostPart(prefix)
                ? prefix + host
                : throw new ArgumentException("A member that becomes part of the host name holds something other than letters, digits, hyphens and dots.", nameof(request));
        }

        if (endpoint.Url.HostNameType == UriHostNameType.IPv6)
        {
            host = $"[{host.Trim('[', ']')}]";
        }

        var authority = endpoint.Url.IsDefaultPort ? host : $"{host}:{endpoint.Url.Port}";
        var basePath = endpoint.Url.AbsolutePath.TrimEnd('/');
        if (basePath.Length > 0)
        {
            request.Path = basePath + request.Path;
        }

        request.Headers.Set("Host", authority);
        var query = request.Query.Length > 0 ? "?" + request.Query : "";
        return new Uri($"{endpoint.Url.Scheme}://{authority}{request.Path}{query}", AsItIs);
    }

    private static bool IsHostPart(string text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '.'))
            {
                return false;
            }
        }

        return text.Length <= 128;
    }
}
