using CentralOps.Access.Rules;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Functions.Composition;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Upstreams;
using CentralOps.Proxy.Wrapping;

namespace CentralOps.Functions.Wrapping;

/// <summary>What the wrapper stands on, wired by hand.</summary>
internal static class WrapperServices
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    public static McpWrapper Build(
        FunctionSettings settings, WrapperSettings wrapper, EndpointResolver endpoints, AwsCredentials credentials, HttpMessageInvoker http, HttpSettings transport, AwsClientOptions options, TimeProvider time)
    {
        var client = new AwsClient(http, endpoints, time, options with { AttemptTimeout = AttemptTimeout });
        var entry = settings.Entry;
        var sessions = entry.ToBrokerOptions(settings.Region);
        var quotas = new CallQuotas(entry.Quotas, time);
        var broker = new CredentialBroker(new RoleAssumption(client, new FixedCredentials(credentials), sessions, time, quotas), sessions, time);
        var entrance = new Entrance(broker, client, entry.TargetRole, quotas);
        IAccountSource source = entry.AccountsFile is { } file
            ? new FileSource(file)
            : new OrganizationsSource(entrance, entry.DirectoryAccount!.Value, settings.Region);
        var rules = settings.Access ?? (settings.CallerKeys is null && !wrapper.TrustsUrlCallers ? AccessRules.LocalOnly : AccessRules.RequireIdentity);
        var way = new WayIn(new AccountDirectory(source, time), rules, entrance);
        var upstream = new ConfinedUpstream(new UpstreamOptions
        {
            Address = wrapper.Upstream,
            Broker = broker,
            // The function's own keys never sign a request to the server: they only assume roles, and every role is held to reading.
            Confinement = SessionConfinement.For(wrapper.Upstream),
            Transport = transport,
            Timeout = wrapper.Timeout,
            Quotas = UpstreamQuotas.Of(wrapper.Upstream),
            Time = time,
        });
        return new McpWrapper(upstream, way, new WrapperOptions { Home = wrapper.Home, Role = entry.TargetRole, ToolsWithoutAccount = wrapper.ToolsWithoutAccount }, time);
    }
}
