using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CentralOps.Access.Tokens;
using CentralOps.Aws.Signing;
using CentralOps.Gateway.Serving;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Callers;

/// <summary>Makes of a gateway's authorizers what judges its callers. OpenID providers are kept from one configuration to the next: their keys are not read anew.</summary>
internal sealed partial class CallersFactory(GatewayOptions options)
{
    private const int MaxProviders = 1000;

    private readonly ConcurrentDictionary<(string Url, bool Matches), OpenIdProvider> _providers = new();
    private readonly ILogger<CallersFactory> _log = options.Logging.CreateLogger<CallersFactory>();

    public ICallers Of(GatewayConfig gateway)
    {
        IReadOnlyList<GatewayAuthorizer> admits = [gateway.Authorizer, .. gateway.AlsoAdmits];
        if (admits.All(static way => way == GatewayAuthorizer.None))
        {
            return new AnonymousCallers();
        }

        var byKey = Find(admits, GatewayAuthorizer.AwsIam, GatewayAuthorizer.AuthenticateOnly);
        var signature = byKey is { } way
            ? new IamCallers(options.Keys ?? NoKeys.Instance, options.Region, options.Time) { AuthenticatesOnly = way == GatewayAuthorizer.AuthenticateOnly }
            : null;
        var jwt = admits.Contains(GatewayAuthorizer.CustomJwt) ? JwtOf(gateway) : null;
        var local = admits.Contains(GatewayAuthorizer.LocalToken) ? new TokenCallers(options.LocalToken!) : null;
        return new WaysIn
        {
            Otherwise = admits.Contains(GatewayAuthorizer.None) ? new AnonymousCallers() : Primary(gateway.Authorizer, signature, jwt, local),
            Signature = signature,
            AwsIdentity = signature is not null && options.AwsIdentities is { } aws
                ? new PresignedCallers(aws, new AwsIdentities(aws, gateway.GatewayId, options.Time), options.Time)
                : null,
            Jwt = jwt,
            LocalToken = local,
        };
    }

    /// <summary>What is served beside the MCP endpoint, by path.</summary>
    public IEnumerable<KeyValuePair<string, IEndpoint>> Documents(GatewayConfig gateway, HostRules hosts) =>
        gateway.Authorizer == GatewayAuthorizer.CustomJwt || gateway.AlsoAdmits.Contains(GatewayAuthorizer.CustomJwt)
            ? new WellKnownEndpoints(gateway, new GatewayUrls(gateway.GatewayId, options.PublicUrl), ProviderOf(gateway), hosts).All()
            : [];

    private static ICallers Primary(GatewayAuthorizer authorizer, ICallers? signature, ICallers? jwt, ICallers? local) => authorizer switch
    {
        GatewayAuthorizer.CustomJwt => jwt!,
        GatewayAuthorizer.LocalToken => local!,
        _ => signature!,
    };

    private JwtCallers JwtOf(GatewayConfig gateway)
    {
        var config = gateway.CustomJwt!;
        if (config is { AllowedAudience.Count: 0, AllowedClients.Count: 0, AllowedScopes.Count: 0, CustomClaims.Count: 0 })
        {
            DemandsNothing(gateway.GatewayId);
        }

        var urls = new GatewayUrls(gateway.GatewayId, options.PublicUrl);
        return new(
            ProviderOf(gateway),
            new TokenDemands(config, gateway.Switches.CheckInboundResource),
            new BearerChallenge(urls, config),
            urls,
            options.Jwt,
            options.Time);
    }

    private OpenIdProvider ProviderOf(GatewayConfig gateway)
    {
        if (_providers.Count > MaxProviders)
        {
            _providers.Clear();
        }

        return _providers.GetOrAdd((gateway.CustomJwt!.DiscoveryUrl, gateway.Switches.IssuerMatchesDiscovery), key => new(
            new OpenIdSettings { DiscoveryUrl = new(key.Url), AllowHttpLoopback = options.AdmitsHttpLoopback, IssuerMatchesUrl = key.Matches },
            options.Discovery!,
            options.Time,
            problem => ProviderFailed(key.Url, problem)));
    }

    private static GatewayAuthorizer? Find(IReadOnlyList<GatewayAuthorizer> admits, GatewayAuthorizer one, GatewayAuthorizer other) =>
        admits.Contains(one) ? one : admits.Contains(other) ? other : null;

    private sealed class NoKeys : IAccessKeys
    {
        public static NoKeys Instance { get; } = new();

        public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
        {
            key = null;
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The OpenID provider at {DiscoveryUrl} could not be read: {Problem}.")]
    private partial void ProviderFailed(string discoveryUrl, string problem);

    [LoggerMessage(LogLevel.Warning, "Gateway {GatewayId} admits every token of its OpenID provider, whomever it was made for. Name audiences, clients, scopes or claims.")]
    private partial void DemandsNothing(string gatewayId);
}
