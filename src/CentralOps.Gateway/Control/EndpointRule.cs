using System.Net;

namespace CentralOps.Gateway.Control;

/// <summary>Which URLs a resource may name: https ones, and on loopback http where the switch <c>allow_http_loopback</c> says so.</summary>
internal static class EndpointRule
{
    public static bool Admits(string url, bool httpLoopback) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && parsed.Host.Length > 0
        && parsed.UserInfo.Length == 0
        && parsed.Fragment.Length == 0
        && !url.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c))
        && (parsed.Scheme is "https" || (httpLoopback && parsed.Scheme is "http" && IsLoopback(parsed.Host)));

    public static string Words(bool httpLoopback) =>
        $"The URL must be an absolute https URL without user name and fragment{(httpLoopback ? ", or an http URL on loopback" : "")}";

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
