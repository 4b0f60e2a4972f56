using System.Globalization;
using System.Net;

namespace CentralOps.Aws.Calls;

/// <summary>
/// Which proxy leads where, as the environment's conventional variables have it. Never one between us and this machine: a sandbox must not be
/// reached through a proxy that calls itself 127.0.0.1.
/// </summary>
internal sealed class ProxyRules : IWebProxy
{
    private readonly Uri? _https;
    private readonly Uri? _http;
    private readonly ProxyExceptions _exceptions;

    private ProxyRules(Uri? https, Uri? http, ProxyExceptions exceptions) => (_https, _http, _exceptions) = (https, http, exceptions);

    public ICredentials? Credentials { get; set; }

    /// <summary>Null when no proxy is set.</summary>
    public static ProxyRules? Read(Func<string, string?> setting)
    {
        var credentials = new CredentialCache();
        var all = Proxy(setting, "ALL_PROXY", credentials);
        var https = Proxy(setting, "HTTPS_PROXY", credentials) ?? all;
        var http = Proxy(setting, "HTTP_PROXY", credentials) ?? all;
        return https is null && http is null
            ? null
            : new ProxyRules(https, http, ProxyExceptions.Parse(Either(setting, "NO_PROXY").Value)) { Credentials = credentials };
    }

    public Uri? GetProxy(Uri destination) => destination.IsLoopback || _exceptions.Match(destination) ? null : ProxyFor(destination);

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    private Uri? ProxyFor(Uri destination) =>
        string.Equals(destination.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) ? _http : _https;

    /// <summary>Not echoed in errors: the URL can hold a password.</summary>
    private static Uri? Proxy(Func<string, string?> setting, string name, CredentialCache credentials)
    {
        var (found, text) = Either(setting, name);
        if (text.Length == 0)
        {
            return null;
        }

        var withScheme = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (!Uri.TryCreate(withScheme, UriKind.Absolute, out var url) || url.Host.Length == 0 || url.Scheme is not ("http" or "https" or "socks5" or "socks4" or "socks4a"))
        {
            throw new FormatException($"The setting {found} is no proxy's URL. Set it to one such as http://proxy.example.com:3128, or unset it.");
        }

        if (url.UserInfo.Length > 0)
        {
            var colon = url.UserInfo.IndexOf(':', StringComparison.Ordinal);
            var (user, password) = colon < 0 ? (url.UserInfo, "") : (url.UserInfo[..colon], url.UserInfo[(colon + 1)..]);
            url = new UriBuilder(url) { UserName = "", Password = "" }.Uri;
            var key = new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
            credentials.Remove(url, "Basic");
            credentials.Add(url, "Basic", key);
        }

        return url;
    }

    /// <summary>The lower-case form first, as curl and most others do.</summary>
    private static (string Name, string Value) Either(Func<string, string?> setting, string name)
    {
        var lower = name.ToLower(CultureInfo.InvariantCulture);
        return setting(lower)?.Trim() is { Length: > 0 } value ? (lower, value) : (name, setting(name)?.Trim() ?? "");
    }
}
