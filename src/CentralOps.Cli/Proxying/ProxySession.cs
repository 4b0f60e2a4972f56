using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Cli.Up.RealAccounts;
using CentralOps.Profiles;
using CentralOps.Proxy;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Upstreams;

namespace CentralOps.Cli.Proxying;

/// <summary>What a proxy runs on: the way to its server, and to the accounts. Nothing is asked of anybody before a client asks.</summary>
internal sealed class ProxySession : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http;

    private ProxySession(HttpMessageInvoker http, ConfinedUpstream upstream, IIdentities identities, ProxyOptions options) =>
        (_http, Upstream, Identities, Options) = (http, upstream, identities, options);

    public ConfinedUpstream Upstream { get; }

    public IIdentities Identities { get; }

    public ProxyOptions Options { get; }

    /// <param name="variable">The process environment.</param>
    /// <exception cref="CommandFailedException">The command line or a setting is wrong. Credentials that do not work are told to the client instead: it would not see why its server is gone.</exception>
    public static ProxySession Compose(ProxySettings settings, Func<string, string?> variable, TimeProvider time)
    {
        // 1. Settings, all that is wrong with them at once.
        var problems = new List<string>();
        var entry = EntrySettings.Read(variable, problems);
        var (profile, credentials) = Open(settings.Profile, variable, time);
        var region = ProfileSettings.RegionOf(profile, problems);
        var transport = profile is null ? HttpSettings.None : ProfileSettings.Transport(profile, problems);
        var http = new HttpMessageInvoker(AwsHttp.CreateHandler(transport));
        var client = Client(profile, variable, http, time, problems);
        if (!UpstreamAddress.TryParse(settings.Url, settings.Service, settings.Region ?? Fallback(settings, region), out var address, out var problem))
        {
            problems.Add(problem);
        }

        if (problems.Count > 0)
        {
            http.Dispose();
            throw new CommandFailedException(string.Join('\n', problems), ExitCode.Usage);
        }

        // 2. Sessions of roles, and the server behind them.
        var sessions = entry.ToBrokerOptions(region);
        var quotas = new CallQuotas(entry.Quotas, time);
        var broker = new CredentialBroker(new RoleAssumption(client!, credentials, sessions, time, quotas), sessions, time);
        var upstream = new ConfinedUpstream(new UpstreamOptions
        {
            Address = address!,
            Broker = broker,
            Confinement = settings.Unconfined ? null : SessionConfinement.For(address!),
            Own = settings.Unconfined ? credentials : null,
            Transport = transport,
            Timeout = settings.Timeout,
            Retries = settings.Retries,
            Quotas = UpstreamQuotas.Of(address!),
            Time = time,
        });
        var identities = new PersonIdentities(client!, credentials, broker, entry, region, settings, quotas, time);
        return new(http, upstream, identities, new ProxyOptions { ReadOnly = settings.ReadOnly, Metadata = settings.Metadata, Version = VersionOf() });
    }

    public async ValueTask DisposeAsync()
    {
        await Upstream.DisposeAsync();
        (Identities as IDisposable)?.Dispose();
        _http.Dispose();
    }

    // A host that tells its region is believed before the profile; one that does not is asked for in the profile's.
    private static string? Fallback(ProxySettings settings, RegionName region) =>
        settings.Service is not null && !UpstreamAddress.TryParse(settings.Url, settings.Service, null, out _, out _) ? region.ToString() : null;

    private static (AwsProfile? Profile, ICredentialSource Credentials) Open(string? name, Func<string, string?> variable, TimeProvider time)
    {
        try
        {
            var profile = AwsProfile.Open(name, variable, time);
            return (profile, profile.Credentials);
        }
        catch (CredentialException wrong)
        {
            return (null, new NoCredentials(wrong));
        }
    }

    private static AwsClient? Client(AwsProfile? profile, Func<string, string?> variable, HttpMessageInvoker http, TimeProvider time, List<string> problems)
    {
        if (profile is not null)
        {
            return ProfileSettings.Client(profile, http, time, problems);
        }

        try
        {
            return new AwsClient(http, EndpointResolver.Read(variable), time, AwsClientOptions.Read(variable));
        }
        catch (Exception wrong) when (wrong is FormatException or EndpointException)
        {
            problems.Add(wrong.Message);
            return null;
        }
    }

    private static string VersionOf() => typeof(ProxySession).Assembly.GetName().Version?.ToString(2) ?? "0";

    /// <summary>Credentials of a profile that is not there, or not whole: said to whoever asks for them.</summary>
    private sealed class NoCredentials(CredentialException why) : ICredentialSource
    {
        public ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken) => ValueTask.FromException<AwsCredentials>(why);

        public ValueTask<AwsCredentials?> RenewAsync(AwsCredentials expired, CancellationToken cancellationToken) => ValueTask.FromException<AwsCredentials?>(why);
    }
}
