using CentralOps.Access.Rules;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.IdentityCenter;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using CentralOps.Ledger;
using CentralOps.Profiles;
using CentralOps.Tools;

namespace CentralOps.Cli.Up.RealAccounts;

/// <summary>What the tools stand on when a person's own credentials lead into accounts.</summary>
internal static class AccountServices
{
    public static ToolServices Build(AwsProfile profile, Person person, ProfileWays ways, AwsClient client, RegionName region, EntrySettings entry, AwsOptions options, AccessRules? access, ILedger ledger, TimeProvider time)
    {
        // 1. Into an account: by the target role, else by a permission set of whoever signed in, else by a profile of theirs.
        var sessions = entry.ToBrokerOptions(region);
        var quotas = new CallQuotas(entry.Quotas, time);
        ISessionMaker maker = new RoleAssumption(client, profile.Credentials, sessions, time, quotas);
        var portal = Portal(profile, client, time);
        if (portal is not null)
        {
            maker = new PermissionSetSessions(maker, portal, options.PermissionSet);
        }

        maker = new ProfileSessions(maker, ways, client, region, time);
        var entrance = new Entrance(new CredentialBroker(maker, sessions, time), client, entry.TargetRole, quotas);

        // 2. Which accounts there are: as a file says, else the organization, else what the person may use.
        IAccountSource organization = new OrganizationsSource(entrance, entry.DirectoryAccount ?? person.Home, region);
        IAccountSource source = entry.AccountsFile is { } file ? new FileSource(file)
            : portal is null ? organization
            : new FirstReadableSource([organization, new IdentityCenterSource(portal)], time);
        var directory = new AccountDirectory(source, time);
        return new ToolServices(new WayIn(directory, access ?? AccessRules.Only(person.Caller), entrance), directory, region, time) { Ledger = ledger, TokenKeys = entry.TokenKeys };
    }

    private static AccessPortal? Portal(AwsProfile profile, AwsClient client, TimeProvider time) =>
        profile.SignIn is { } signIn && RegionName.TryParse(signIn.Region, out var region) ? new AccessPortal(client, region, signIn.TokenAsync, time) : null;
}
