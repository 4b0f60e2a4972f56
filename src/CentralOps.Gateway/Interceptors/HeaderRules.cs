using System.Buffers;
using System.Collections.Frozen;

namespace CentralOps.Gateway.Interceptors;

/// <summary>Which headers an interceptor may give. RFC 9110, section 5.</summary>
internal static class HeaderRules
{
    public const int MaxCount = 100;

    private const int MaxName = 100;

    // A token may be as long as the gateway takes one itself.
    private const int MaxValue = 16 * 1024;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // What frames the message, or is the HTTP server's own to say.
    private static readonly FrozenSet<string> Framing = new[]
    {
        "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Date", "Host", "Keep-Alive", "Proxy-Connection", "Server", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsName(string name) => name.Length is > 0 and <= MaxName && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    public static bool IsValue(string value) => value.Length <= MaxValue && value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    /// <summary>Left out, whatever an interceptor says: most echo the headers that they were shown.</summary>
    public static bool IsFraming(string name) => Framing.Contains(name);
}
