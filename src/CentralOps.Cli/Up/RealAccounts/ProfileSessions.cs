using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Cli.Up.RealAccounts;

/// <summary>
/// The better way where it is open, else a profile of the person's own. AWS then holds the session to what the profile may do, and it bears no
/// caller's name: every answer says so.
/// </summary>
internal sealed class ProfileSessions(ISessionMaker better, ProfileWays ways, AwsClient client, RegionName region, TimeProvider time) : ISessionMaker
{
    /// <summary>Keys without an end are looked at again after this long.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public async Task<SessionGrant> MakeAsync(SessionKey key, CancellationToken cancellationToken)
    {
        // 1. Only a denial leads to less confinement.
        var grant = await better.MakeAsync(key, cancellationToken);
        if (grant.Refusal is not (Refusal.RoleNotAssumed or Refusal.DeniedByOrganization or Refusal.NoPermissionSet))
        {
            return grant;
        }

        try
        {
            // 2. Is there a profile, and has it keys?
            if (ways.Into(key.Account) is not { } profile)
            {
                return grant;
            }

            var keys = await profile.Credentials.GetAsync(cancellationToken);

            // 3. Whose keys they are is for AWS to say: another account's answers must not pass for this one's.
            var person = await Person.AskAsync(client, profile.Credentials, region, cancellationToken);
            var now = time.GetUtcNow();
            return person.Home != key.Account
                ? grant
                : new SessionGrant(new AccountSession(keys, now, keys.Expiration ?? now + Lifetime, null) { Confinement = Confinement.Profile, Withheld = IdentityParts.All }, null);
        }
        catch (CredentialException none)
        {
            return new SessionGrant(null, new Refusal.KnockingCredentialsUnavailable(none.Message, none.Remedy));
        }
        catch (CommandFailedException refused)
        {
            return new SessionGrant(null, new Refusal.KnockingCredentialsUnavailable(refused.Message, "Renew the keys of the profile that leads into this account."));
        }
    }
}
