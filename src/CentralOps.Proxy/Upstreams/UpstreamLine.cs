using CentralOps.Accounts.Credentials;
using CentralOps.Aws.Credentials;
using CentralOps.Gateway;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Targets.McpServers;
using CentralOps.Proxy.Identities;

namespace CentralOps.Proxy.Upstreams;

/// <summary>
/// The way to the MCP server under one identity: a connection pool and an MCP session of its own, because a session belongs to whoever began it and a
/// connection must not carry one account's requests behind another's.
/// </summary>
internal sealed class UpstreamLine : IAsyncDisposable
{
    // A key that was refused right after it was made will be refused again: then it is not the key.
    private static readonly TimeSpan YoungKey = TimeSpan.FromSeconds(10);

    private readonly UpstreamOptions _options;
    private readonly UpstreamIdentity _identity;
    private readonly SessionKey _key;
    private readonly HttpMessageInvoker _http;
    private AccountSession? _session;

    public UpstreamLine(UpstreamOptions options, UpstreamIdentity identity, AccountLane lane)
    {
        (_options, _identity, Lane) = (options, identity, lane);
        _key = identity.Key(options.Address.Partition, options.Confinement);
        // The host was named on purpose, so it may lie in a private network; the address judged beforehand that plain http goes to this machine only.
        var rules = new OutboundRules { AllowLoopback = true, AllowedHosts = [new Uri(options.Address.Url).IdnHost] };
        _http = OutboundHttp.Create(rules, options.Time, options.Transport, options.Resolve);
        Target = Open();
    }

    public IMcpTarget Target { get; }

    public AccountLane Lane { get; }

    /// <summary>Calls under way; changed under the table's lock.</summary>
    public int Users { get; set; }

    /// <summary>When the last call came or ended, as a timestamp.</summary>
    public long UsedAt { get; set; }

    /// <summary>Makes sure of a session before anything is sent, so that what is wrong with it is told as that.</summary>
    /// <returns>Why there is none; null when there is.</returns>
    public async ValueTask<UpstreamTrouble?> EnterAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_identity.IsAssumed)
            {
                var grant = await _options.Broker.ObtainAsync(_key, cancellationToken);
                _session = grant.Session ?? _session;
                return grant.Refusal is { } refusal && grant.Session is null ? UpstreamTrouble.Of(refusal) : null;
            }

            await Own.GetAsync(cancellationToken);
            return null;
        }
        catch (CredentialException none)
        {
            return new("credentials", none.Message, none.Remedy);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)Target).DisposeAsync();
        _http.Dispose();
    }

    private ICredentialSource Own => _options is { Confinement: null, Own: { } own }
        ? own
        : throw new InvalidOperationException("An identity without a role is for upstreams that nothing confines.");

    private IMcpTarget Open()
    {
        var address = _options.Address;
        var targets = new McpTargets(new McpTargetOptions
        {
            Http = _http,
            RoleCredentials = SignWithAsync,
            KeyRefused = IsOver,
            Pace = Lane,
            Providers = NoProviders.Instance,
            Time = _options.Time,
            Timeout = _options.Timeout,
            Versions = ClientVersions.All,
        });
        return targets.Open(
            new GatewayConfig { GatewayId = "proxy", Name = "proxy", Region = address.Region },
            new TargetConfig
            {
                TargetId = "UPSTREAM00",
                Name = ConfinedUpstream.TargetName,
                Endpoint = new TargetEndpoint.McpServer(address.Url),
                Credential = new OutboundCredential.GatewayRole(address.Service, address.Region),
            });
    }

    private async ValueTask<AwsCredentials> SignWithAsync(CancellationToken cancellationToken)
    {
        if (!_identity.IsAssumed)
        {
            return await Own.GetAsync(cancellationToken);
        }

        var grant = await _options.Broker.ObtainAsync(_key, cancellationToken);
        _session = grant.Session;
        return grant.Session?.Credentials
            ?? throw new CredentialException(CredentialProblem.Refused, "The role's session could not be renewed.", "Ask again.");
    }

    /// <summary>A session that its server calls over before its time: a clock, or a role that was revoked and let in again.</summary>
    private bool IsOver(string accessKeyId)
    {
        if (_session is not { } session || !string.Equals(session.Credentials.AccessKeyId, accessKeyId, StringComparison.Ordinal)
            || _options.Time.GetUtcNow() - session.Since < YoungKey)
        {
            return false;
        }

        _options.Broker.Forget(_key, session);
        return true;
    }

    /// <summary>The server takes signatures: there is no vault.</summary>
    private sealed class NoProviders : ICredentialProviders
    {
        public static NoProviders Instance { get; } = new();

        public ValueTask<OAuthClient?> FindOAuthAsync(string providerArn, CancellationToken cancellationToken) => new((OAuthClient?)null);

        public ValueTask<Secret?> FindApiKeyAsync(string providerArn, CancellationToken cancellationToken) => new((Secret?)null);
    }
}
