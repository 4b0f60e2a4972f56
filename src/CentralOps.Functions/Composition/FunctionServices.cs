using CentralOps.Access.Rules;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Ledger;
using CentralOps.Tools;

namespace CentralOps.Functions.Composition;

/// <summary>Everything the tools stand on, wired by hand: a container would cost a tenth of the cold start.</summary>
internal static class FunctionServices
{
    /// <summary>Shorter than the client's own, so that one lost answer does not use up a call's whole time.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    public static ToolServices Build(
        FunctionSettings settings, EndpointResolver endpoints, AwsCredentials credentials, HttpMessageInvoker http, AwsClientOptions options, ILedger ledger, TimeProvider time)
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
        var directory = new AccountDirectory(source, time);
        var rules = settings.Access ?? (settings.CallerKeys is null ? AccessRules.LocalOnly : AccessRules.RequireIdentity);
        return new ToolServices(new WayIn(directory, rules, entrance), directory, settings.Region, time) { Ledger = ledger, TokenKeys = entry.TokenKeys };
    }
}
