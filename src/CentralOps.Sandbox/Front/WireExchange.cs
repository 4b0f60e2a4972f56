using CentralOps.Aws.Wire;
using Microsoft.Extensions.Primitives;

namespace CentralOps.Sandbox.Front;

/// <summary>Between Kestrel's request and response and the wire types that signing and protocols work on.</summary>
internal static class WireExchange
{
    /// <summary>The request as it stood on the wire: path and query stay encoded, because the signature covers them so.</summary>
    public static WireRequest ToWire(HttpExchange exchange, byte[] body)
    {
        var target = exchange.Request.RawTarget;
        // An absolute form (RFC 9112 section 3.2.2) carries the origin in front.
        if (!target.StartsWith('/') && Uri.TryCreate(target, UriKind.Absolute, out var absolute))
        {
            target = absolute.PathAndQuery;
        }

        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var request = new WireRequest
        {
            Method = exchange.Request.Method,
            Path = mark < 0 ? target : target[..mark],
            Query = mark < 0 ? "" : target[(mark + 1)..],
            Body = body,
        };
        foreach (var (name, values) in exchange.Request.Headers)
        {
            Add(request.Headers, name, values);
        }

        return request;
    }

    public static Task WriteAsync(HttpExchange exchange, WireResponse response, CancellationToken cancellationToken)
    {
        CopyHeaders(exchange, response);
        return exchange.AnswerAsync(response.Status, response.Body, cancellationToken);
    }

    public static void CopyHeaders(HttpExchange exchange, WireResponse response)
    {
        var headers = exchange.ResponseHeaders;
        foreach (var (name, value) in response.Headers)
        {
            if (!string.Equals(name, "Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                headers[name] = value;
            }
        }
    }

    private static void Add(HeaderList headers, string name, StringValues values)
    {
        foreach (var value in values)
        {
            headers.Add(name, value ?? "");
        }
    }
}
