using System.Diagnostics.CodeAnalysis;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Signing;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Upstreams;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Proxy.Tests.Fixtures;

/// <summary>A proxy between a test and a server that takes signatures, with a sandbox in AWS's place.</summary>
internal sealed class TestProxy : IAsyncDisposable
{
    public static readonly Caller Jane = new("jane", CallerKind.LocalToken);

    private readonly List<IAsyncDisposable> _more = [];
    private readonly HttpMessageInvoker _http = new(AwsHttp.CreateHandler());

    private UpstreamOptions _upstream = null!;

    private TestProxy(SandboxServer sandbox, SigningServer server) => (Sandbox, Server) = (sandbox, server);

    public SandboxServer Sandbox { get; }

    public SigningServer Server { get; }

    public ConfinedUpstream Upstream { get; private set; } = null!;

    public IIdentities Identities { get; private set; } = null!;

    public ProxyOptions Options { get; private set; } = new();

    public AccountDirectory Directory { get; private set; } = null!;

    public static async Task<TestProxy> StartAsync(TestProxySettings? settings = null)
    {
        settings ??= new();
        var sandbox = await SandboxServer.StartAsync(settings.Accounts is { } accounts ? new SandboxOptions { Estate = Estate.OfSize(accounts) } : settings.Sandbox, default);
        var server = await SigningServer.StartAsync(new EverybodysKeys(sandbox.Keys), settings.Service);
        var proxy = new TestProxy(sandbox, server);
        proxy.Compose(settings);
        return proxy;
    }

    /// <summary>Of everybody in the sandbox.</summary>
    public IAccessKeys Keys => new EverybodysKeys(Sandbox.Keys);

    /// <summary>The same accounts before another server.</summary>
    public ConfinedUpstream Before(string url, string service, UpstreamQuotas? quotas = null)
    {
        UpstreamAddress.TryParse(url, service, "us-east-1", out var address, out var problem).ShouldBeTrue(problem);
        return new ConfinedUpstream(_upstream with { Address = address!, Confinement = SessionConfinement.For(address!), Quotas = quotas ?? _upstream.Quotas });
    }

    /// <summary>The same, in a process of its own: nothing is shared but the server and AWS.</summary>
    public ConfinedUpstream Another() => new(_upstream with { Broker = Broker(new FixedCredentials(Sandbox.Operator)) });

    /// <summary>A client on stdio.</summary>
    public StdioClient Connect(ConfinedUpstream? upstream = null)
    {
        var client = new StdioClient(upstream ?? Upstream, Identities, Options);
        _more.Add(client);
        return client;
    }

    public static AwsClient Aws(SandboxServer sandbox, HttpMessageInvoker http) => new(
        http, EndpointResolver.Read(name => name is "AWS_ENDPOINT_URL" ? sandbox.Url.AbsoluteUri : null), TimeProvider.System, new AwsClientOptions { MaxAttempts = 1 });

    public async ValueTask DisposeAsync()
    {
        foreach (var more in _more)
        {
            await more.DisposeAsync();
        }

        await Upstream.DisposeAsync();
        await Server.DisposeAsync();
        await Sandbox.DisposeAsync();
        _http.Dispose();
    }

    private void Compose(TestProxySettings settings)
    {
        RegionName.TryParse("us-east-1", out var region).ShouldBeTrue();
        AccountId.TryParse("111111111111", out var home).ShouldBeTrue();
        UpstreamAddress.TryParse(settings.Url ?? Server.Url, settings.Service, "us-east-1", out var address, out var problem).ShouldBeTrue(problem);
        var own = settings.Own ?? new FixedCredentials(Sandbox.Operator);
        var client = Aws(Sandbox, _http);
        var broker = Broker(own);
        _upstream = new UpstreamOptions
        {
            Address = address!,
            Broker = broker,
            Confinement = settings.Unconfined ? null : SessionConfinement.For(address!),
            Own = settings.Unconfined ? own : null,
            Timeout = settings.Timeout,
            Retries = settings.Retries,
            Quotas = settings.Quotas,
            MaxIdentities = settings.MaxIdentities,
        };
        Upstream = new ConfinedUpstream(_upstream);
        var entrance = new Entrance(broker, client, "CentralOpsTargetRole");
        Directory = new AccountDirectory(new OrganizationsSource(entrance, home, region), TimeProvider.System);
        var way = new WayIn(Directory, AccessRules.Only(Jane), entrance);
        Identities = new DirectoryIdentities(way, "CentralOpsTargetRole", Jane, settings.Unconfined ? null : home);
        Options = settings.Options;
    }

    private CredentialBroker Broker(ICredentialSource own)
    {
        RegionName.TryParse("us-east-1", out var region).ShouldBeTrue();
        var sessions = new BrokerOptions { Region = region };
        return new CredentialBroker(new RoleAssumption(Aws(Sandbox, _http), own, sessions, TimeProvider.System), sessions, TimeProvider.System);
    }

    /// <summary>All keys of the sandbox, whatever they may do: these tests are about who signed.</summary>
    private sealed class EverybodysKeys(IAccessKeys keys) : IAccessKeys
    {
        public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
        {
            var found = keys.TryFind(accessKeyId, out key);
            key = key is null ? null : key with { DeniedAction = null };
            return found;
        }
    }
}

internal sealed record TestProxySettings
{
    public string Service { get; init; } = "aws-mcp";

    /// <summary>Null: the server's.</summary>
    public string? Url { get; init; }

    public bool Unconfined { get; init; }

    public ICredentialSource? Own { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    public int Retries { get; init; } = 2;

    public int MaxIdentities { get; init; } = 200;

    public UpstreamQuotas Quotas { get; init; } = UpstreamQuotas.Open;

    public ProxyOptions Options { get; init; } = new();

    public SandboxOptions Sandbox { get; init; } = new();

    /// <summary>How many the organization has; null for the usual one.</summary>
    public int? Accounts { get; init; }
}
