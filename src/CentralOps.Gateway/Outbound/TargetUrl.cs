using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Gateway.Outbound;

/// <summary>
/// A URL that is sent as it was written: nothing is decoded, encoded or shortened in its path and query, because some servers (AgentCore Runtime
/// with an ARN in the path) know only the one form.
/// </summary>
internal sealed record TargetUrl
{
    private const int MaxLength = 4096;

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private static readonly System.Buffers.SearchValues<char> Unwise = System.Buffers.SearchValues.Create("\"<>\\^`{|}");

    private readonly Uri _own;

    private TargetUrl(string scheme, string authority, string path, string query)
    {
        (Scheme, Authority, Path, Query) = (scheme, authority, path, query);
        _own = Make(query);
    }

    public string Scheme { get; }

    /// <summary>Host, and the port where it is not the scheme's own.</summary>
    public string Authority { get; }

    /// <summary>As it stands in the request line.</summary>
    public string Path { get; }

    /// <summary>Without the question mark; empty where there is none.</summary>
    public string Query { get; }

    /// <summary>The server as RFC 8707 names a resource: without query, and without the slash of an empty path.</summary>
    public string Resource => $"{Scheme}://{Authority}{(Path.Length > 1 ? Path : "")}";

    public static bool TryParse(string text, [NotNullWhen(true)] out TargetUrl? url, out string problem)
    {
        url = null;
        problem = Problem(text);
        if (problem.Length > 0)
        {
            return false;
        }

        if (!Uri.TryCreate(text, AsItIs, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
        {
            problem = "it must be an absolute https URL, such as https://mcp.example.com/mcp";
            return false;
        }

        if (uri.UserInfo.Length > 0)
        {
            problem = "it must not hold a user name or password; use a credential provider";
            return false;
        }

        var host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost.Trim('[', ']')}]" : uri.IdnHost;
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?');
        var target = end < 0 ? "/" : rest[end] == '?' ? "/" + rest[end..] : rest[end..];
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        url = new(
            uri.Scheme,
            uri.IsDefaultPort ? host : $"{host}:{uri.Port}",
            mark < 0 ? target : target[..mark],
            mark < 0 ? "" : target[(mark + 1)..]);
        return true;
    }

    /// <param name="query">What stands behind the question mark.</param>
    public Uri With(string query) => string.Equals(query, Query, StringComparison.Ordinal) ? _own : Make(query);

    private Uri Make(string query) => new($"{Scheme}://{Authority}{Path}{(query.Length > 0 ? "?" : "")}{query}", AsItIs);

    private static string Problem(string text)
    {
        if (text.Length > MaxLength)
        {
            return $"it must have {MaxLength} characters at most";
        }

        if (text.AsSpan().ContainsAnyExceptInRange('!', '~') || text.AsSpan().ContainsAny(Unwise))
        {
            return "it holds characters that a URL cannot hold; percent-encode them";
        }

        return text.Contains('#', StringComparison.Ordinal) ? "it must not have a fragment (#…)" : "";
    }
}
