using System.Net;
using CentralOps.Access.Tokens;

namespace CentralOps.Gateway.Callers;

/// <summary>Checks who a gateway is to admit, before it is served, and names everything that is wrong.</summary>
internal static class CallersRules
{
    private const int MaxScope = 255;

    public static void Check(GatewayConfig gateway, GatewayOptions options, List<string> problems)
    {
        IReadOnlyList<GatewayAuthorizer> admits = [gateway.Authorizer, .. gateway.AlsoAdmits];
        Demand(
            !admits.Contains(GatewayAuthorizer.None) || IPAddress.IsLoopback(options.Address),
            $"Authorizer NONE on {options.Address} would let anybody on the network in. Listen on 127.0.0.1, or use AWS_IAM.",
            problems);
        Demand(admits.Distinct().Count() == admits.Count, "AlsoAdmits names an authorizer twice, or the gateway's own. Name each once.", problems);
        Demand(
            !(admits.Contains(GatewayAuthorizer.AwsIam) && admits.Contains(GatewayAuthorizer.AuthenticateOnly)),
            "AWS_IAM and AUTHENTICATE_ONLY take the same signatures and judge them differently. Admit one of them.",
            problems);
        Demand(
            !(admits.Contains(GatewayAuthorizer.AwsIam) || admits.Contains(GatewayAuthorizer.AuthenticateOnly)) || options.Keys is not null || options.AwsIdentities is not null,
            "Authorizer AWS_IAM needs access keys to verify signatures with, or an STS to ask: set Keys or AwsIdentities.",
            problems);
        Demand(
            !admits.Contains(GatewayAuthorizer.LocalToken) || options.LocalToken is { Token.Length: >= LocalToken.MinLength },
            $"A local token needs a token of {LocalToken.MinLength} characters or more: set LocalToken.",
            problems);
        if (admits.Contains(GatewayAuthorizer.CustomJwt))
        {
            CheckJwt(gateway.CustomJwt, options, problems);
        }
    }

    private static void CheckJwt(CustomJwtConfig? config, GatewayOptions options, List<string> problems)
    {
        if (config is null)
        {
            problems.Add("AuthorizerConfiguration is required for CUSTOM_JWT authorizer type");
            return;
        }

        if (OpenIdSettings.ProblemOf(config.DiscoveryUrl, options.AdmitsHttpLoopback) is { } wrong)
        {
            problems.Add($"DiscoveryUrl '{Printable.Text(config.DiscoveryUrl, 256)}' {wrong}.");
        }

        Demand(options.Discovery is not null, "Authorizer CUSTOM_JWT reads its provider's keys over HTTP: set Discovery.", problems);
        Demand(options.Jwt.ClockSkew >= TimeSpan.Zero && options.Jwt.ClockSkew <= TimeSpan.FromMinutes(5), "ClockSkew must be 0 to 300 seconds.", problems);
        Demand(options.Jwt.RememberFor >= TimeSpan.Zero && options.Jwt.RememberFor <= TimeSpan.FromMinutes(1), "RememberFor must be 0 to 60 seconds.", problems);
        Demand(
            options.PublicUrl is null or { IsAbsoluteUri: true, Query: "", Fragment: "", UserInfo: "", Scheme: "https" or "http" },
            "PublicUrl must be an absolute http or https URL without user, query and fragment, such as https://gateway.example.com.",
            problems);
        foreach (var scope in config.AllowedScopes.Concat(config.AdvertisedScopes.Values))
        {
            Demand(IsScope(scope), $"Scope '{Printable.Text(scope, 256)}' must be 1 to {MaxScope} printable ASCII characters without spaces, quotes and backslashes.", problems);
        }
    }

    // RFC 6749, section 3.3.
    private static bool IsScope(string scope) => scope.Length is > 0 and <= MaxScope && scope.All(static c => c is > ' ' and <= '~' and not '"' and not '\\');

    private static void Demand(bool holds, string problem, List<string> problems)
    {
        if (!holds)
        {
            problems.Add(problem);
        }
    }
}
