using System.Collections.Concurrent;

namespace CentralOps.Aws.Endpoints;

/// <summary>
/// The standard settings <c>AWS_ENDPOINT_URL</c> and <c>AWS_ENDPOINT_URL_[SERVICE_ID]</c>, the second before the first; none counts
/// while <c>AWS_IGNORE_CONFIGURED_ENDPOINT_URLS</c> is <c>true</c>.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
/// </summary>
public sealed class EndpointOverrides
{
    private const string Global = "AWS_ENDPOINT_URL";

    private readonly Func<string, string?> _setting;
    private readonly ConcurrentDictionary<string, Uri?> _byService = new(StringComparer.Ordinal);
    private readonly Uri? _global;

    private EndpointOverrides(Func<string, string?> setting)
    {
        _setting = setting;
        _global = Parse(Global, setting(Global));
    }

    public static EndpointOverrides None { get; } = new(static _ => null);

    /// <summary>
    /// Reads the settings through a lookup, such as the process environment's; the lookup stays with floor 4. A service's own setting
    /// is read when that service is first asked for. Throws <see cref="EndpointException"/> where a setting is no base URL.
    /// </summary>
    public static EndpointOverrides Read(Func<string, string?> setting) =>
        string.Equals(setting("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.Trim(), "true", StringComparison.OrdinalIgnoreCase) ? None : new(setting);

    internal Uri? Find(string serviceId)
    {
        if (!_byService.TryGetValue(serviceId, out var url))
        {
            var name = $"{Global}_{serviceId.Replace(' ', '_').ToUpperInvariant()}";
            _byService[serviceId] = url = Parse(name, _setting(name)) ?? _global;
        }

        return url;
    }

    /// <summary>Not echoed in errors: a URL can hold a password.</summary>
    private static Uri? Parse(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        var problem = !Uri.TryCreate(value, UriKind.Absolute, out var url) ? "is not an absolute URL"
            : url.Scheme is not ("http" or "https") ? "has a scheme other than http and https"
            : url.UserInfo.Length > 0 ? "holds a user name or password"
            : url.Query.Length > 0 || url.Fragment.Length > 0 || value.Contains('?') || value.Contains('#') ? "has a query or fragment"
            : url.Host.Length == 0 ? "names no host"
            : null;
        return problem is null
            ? url
            : throw new EndpointException(EndpointProblem.Setting, $"The setting {name} {problem}. Set it to a base URL such as http://127.0.0.1:4566, or unset it.");
    }
}
