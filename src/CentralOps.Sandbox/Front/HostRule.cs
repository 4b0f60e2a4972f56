namespace CentralOps.Sandbox.Front;

/// <summary>
/// Which <c>Host</c> a request may name: this machine, or an AWS name that somebody pointed here. A web page that a browser was
/// tricked into sending comes with another one (DNS rebinding).
/// </summary>
internal static class HostRule
{
    public static bool Admits(string? host)
    {
        if (string.IsNullOrEmpty(host))
        {
            return false;
        }

        var name = WithoutPort(host);
        return name is "127.0.0.1" or "[::1]"
            || Is(name, "localhost")
            || Under(name, ".localhost")
            || Under(name, ".amazonaws.com")
            || Under(name, ".api.aws");
    }

    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host[^1] == ']' ? host : host[..colon];
    }

    private static bool Is(ReadOnlySpan<char> name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static bool Under(ReadOnlySpan<char> name, string domain) =>
        name.Length > domain.Length && name.EndsWith(domain, StringComparison.OrdinalIgnoreCase);
}
