using CentralOps.Accounts;
using CentralOps.Accounts.IdentityCenter;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Profiles;

namespace CentralOps.Cli.Up.RealAccounts;

/// <summary>
/// The profile that leads into an account where nothing better does: one that the person named for that, else one that says itself which account it
/// leads into, as a role that only reads. What another profile can do, keys or an administrator's role, is not found out by trying.
/// </summary>
internal sealed class ProfileWays(IReadOnlyDictionary<AccountId, AwsProfile> named, IReadOnlyList<ListedProfile> listed, Func<string, AwsProfile> open)
{
    private readonly Dictionary<AccountId, AwsProfile> _opened = new(named);
    private readonly Lock _gate = new();

    /// <summary>Asks whose keys the named profiles have: only AWS knows that of every kind.</summary>
    /// <exception cref="CommandFailedException">A named profile does not exist, or has no keys that AWS takes.</exception>
    public static async Task<ProfileWays> ReadAsync(
        AwsOptions options, Func<string, string?> variable, AwsClient client, RegionName region, TimeProvider time, CancellationToken cancellationToken)
    {
        var named = new Dictionary<AccountId, AwsProfile>();
        foreach (var name in options.AccountProfiles)
        {
            var profile = OpenNamed(name);
            var person = await Person.AskAsync(client, profile.Credentials, region, cancellationToken);
            if (!named.TryAdd(person.Home, profile))
            {
                throw new CommandFailedException(
                    $"--account-profile {Terminal.PlainText.Line(name)} leads into account {person.Home}, as {Terminal.PlainText.Line(named[person.Home].Name!)} does: name one profile an account.",
                    ExitCode.Usage);
            }
        }

        return new ProfileWays(named, ListedProfile.All(variable), name => AwsProfile.Open(name, variable, time));

        AwsProfile OpenNamed(string name)
        {
            try
            {
                return AwsProfile.Open(name, variable, time);
            }
            catch (CredentialException wrong)
            {
                throw new CommandFailedException($"{wrong.Message} {wrong.Remedy}");
            }
        }
    }

    /// <summary>Null where there is none.</summary>
    /// <exception cref="CredentialException">The profile is not whole.</exception>
    public AwsProfile? Into(AccountId account)
    {
        lock (_gate)
        {
            if (_opened.TryGetValue(account, out var known))
            {
                return known;
            }

            // Whole names: a name with 'ReadOnly' in it promises nothing.
            var reader = listed.FirstOrDefault(profile =>
                string.Equals(profile.Account, account.ToString(), StringComparison.Ordinal) && PermissionSetChoice.Preferred.Contains(profile.Role, StringComparer.Ordinal));
            return reader is null ? null : _opened[account] = open(reader.Name);
        }
    }
}
