namespace CentralOps.Access.Tokens;

/// <summary>Where an OpenID provider is, and how it is asked.</summary>
public sealed record OpenIdSettings
{
    private const string Suffix = "/.well-known/openid-configuration";

    /// <summary>Ends in <c>/.well-known/openid-configuration</c>.</summary>
    public required Uri DiscoveryUrl { get; init; }

    /// <summary>Takes http on loopback: a provider on one person's machine.</summary>
    public bool AllowHttpLoopback { get; init; }

    /// <summary>
    /// The issuer has to be what stands before <c>/.well-known/</c> in the discovery URL (OpenID Connect Discovery, section 4.3). Off for providers that
    /// break this rule, such as Entra's endpoints for several tenants.
    /// </summary>
    public bool IssuerMatchesUrl { get; init; } = true;

    /// <summary>A request that has not ended by then has failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Keys are read again when they are this old, beside the calls; keys that are gone stop working then.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Beyond this age, calls wait for the keys to be read again, unless the provider is known to be away.</summary>
    public TimeSpan WaitAfter { get; init; } = TimeSpan.FromMinutes(6);

    /// <summary>How long keys are good while the provider is away.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Between two readings, whatever tokens ask for: unknown key ids cost the provider nothing.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two attempts while there are no keys at all.</summary>
    public TimeSpan FirstInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Checks a discovery URL's form.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public static string? ProblemOf(string url, bool allowHttpLoopback) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var parsed) || !parsed.AbsolutePath.EndsWith(Suffix, StringComparison.Ordinal)
            ? "must be a URL that ends in /.well-known/openid-configuration"
            : parsed.UserInfo.Length > 0 || parsed.Query.Length > 0 || parsed.Fragment.Length > 0
                ? "must have no user, query or fragment"
                : IsAllowed(parsed, allowHttpLoopback) ? null : "must be an https URL";

    internal bool Admits(Uri url) => IsAllowed(url, AllowHttpLoopback) && url.UserInfo.Length == 0;

    /// <summary>OpenID Connect Discovery, section 4: the URL is the issuer, less a slash at its end, and the suffix.</summary>
    internal bool IsMyIssuer(string issuer) =>
        !IssuerMatchesUrl
        || string.Equals(issuer.EndsWith('/') ? issuer[..^1] + Suffix : issuer + Suffix, DiscoveryUrl.OriginalString, StringComparison.Ordinal);

    private static bool IsAllowed(Uri url, bool allowHttpLoopback) =>
        string.Equals(url.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
        || (allowHttpLoopback && string.Equals(url.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && url.IsLoopback);
}
