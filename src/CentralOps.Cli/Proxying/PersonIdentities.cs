using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Cli.Up.RealAccounts;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Upstreams;

namespace CentralOps.Cli.Proxying;

/// <summary>
/// Identities for the person whose credentials these are. Who that is, AWS is asked with the first call and not at the start; where it cannot be told, the next
/// call asks again.
/// </summary>
internal sealed class PersonIdentities(
    AwsClient client, ICredentialSource credentials, CredentialBroker broker, EntrySettings entry, RegionName region, ProxySettings settings, CallQuotas quotas, TimeProvider time)
    : IIdentities, IDisposable
{
    private readonly SemaphoreSlim _asking = new(1, 1);
    private DirectoryIdentities? _known;

    public async ValueTask<IdentityRead> FindAsync(string? account, string tool, CancellationToken cancellationToken)
    {
        if (account is null && settings is { Unconfined: true, Account: null })
        {
            // Nobody's role is assumed, so nobody has to be asked.
            return new(UpstreamIdentity.Unassumed(Caller.Local), null);
        }

        try
        {
            var identities = _known ?? await AskAsync(cancellationToken);
            return await identities.FindAsync(account, tool, cancellationToken);
        }
        catch (CommandFailedException unknown)
        {
            return new(null, new UpstreamTrouble("credentials", unknown.Message, "The proxy itself need not be started again."));
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<DirectoryIdentities> AskAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_known is { } known)
            {
                return known;
            }

            var person = await Person.AskAsync(client, credentials, region, cancellationToken);
            var entrance = new Entrance(broker, client, entry.TargetRole, quotas);
            IAccountSource source = entry.AccountsFile is { } file
                ? new FileSource(file)
                : new OrganizationsSource(entrance, entry.DirectoryAccount ?? person.Home, region);
            var way = new WayIn(new AccountDirectory(source, time), AccessRules.Only(person.Caller), entrance);
            return _known = new DirectoryIdentities(way, entry.TargetRole, person.Caller, settings.Account ?? (settings.Unconfined ? null : person.Home));
        }
        finally
        {
            _asking.Release();
        }
    }
}
