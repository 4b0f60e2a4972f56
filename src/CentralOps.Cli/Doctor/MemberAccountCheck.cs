using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Cli.Up.RealAccounts;

namespace CentralOps.Cli.Doctor;

/// <summary>The way into one member account: whose the credentials are, and whether the target role opens to them. The session that is made may do nothing.</summary>
internal static class MemberAccountCheck
{
    private const string NothingAllowed = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}""";

    public static async Task<IReadOnlyList<Finding>> RunAsync(AccountId account, string? profileName, Func<string, string?> variable, TimeProvider time, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var entry = EntrySettings.Read(variable, problems);
        var profile = ProfileSettings.Open(profileName, variable, time, problems);
        var region = ProfileSettings.RegionOf(profile, problems);
        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler(profile is null ? HttpSettings.None : ProfileSettings.Transport(profile, problems)));
        var client = profile is null ? null : ProfileSettings.Client(profile, http, time, problems);
        if (problems.Count > 0)
        {
            return [.. problems.Select(static problem => Finding.Problem("credentials", problem, "Correct the setting."))];
        }

        Person person;
        try
        {
            person = await Person.AskAsync(client!, profile!.Credentials, region, cancellationToken);
        }
        catch (CommandFailedException refused)
        {
            return [Finding.Problem("credentials", refused.Message, "Without credentials no account can be entered.")];
        }

        var whose = Finding.Ok("credentials", $"They are of {person.Caller.Principal}, in account {person.Home}.");
        var maker = new RoleAssumption(client!, profile.Credentials, entry.ToBrokerOptions(region), time);
        var grant = await maker.MakeAsync(new SessionKey(account, region.PartitionId, entry.TargetRole, NothingAllowed, person.Caller, "doctor"), cancellationToken);
        if (grant.Session is not null)
        {
            return [whose, Finding.Ok($"account {account}", $"{entry.TargetRole} opens.")];
        }

        var words = RefusalWords.Of(grant.Refusal!);
        return [whose, Finding.Problem($"account {account}", words.Message, words.Remedy)];
    }
}
