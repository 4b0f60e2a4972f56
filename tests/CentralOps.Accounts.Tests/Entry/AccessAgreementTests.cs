using CentralOps.Access.Rules;
using CentralOps.Access.Tests.Rules;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using FsCheck;
using FsCheck.Fluent;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Entry;

/// <summary>Whatever the rules: what a caller finds, lists, selects, counts and may enter is the same, and nothing else is there for him.</summary>
public sealed class AccessAgreementTests
{
    private static readonly Account[] Accounts =
    [
        Of("111111111111", "Central", "Root"),
        Of("222222222222", "Production", "Workloads/Prod", ("env", "prod")),
        Of("333333333333", "Staging", "Workloads", ("env", "dev")),
        Of("444444444444", "Payments", "Workloads/Production", ("env", "prod")),
        Of("555555555555", "Twin", null),
    ];

    [Fact]
    public void List_selection_call_and_count_agree_and_a_forbidden_account_answers_like_one_that_there_is_not() => Prop.ForAll(
        (from rules in Gen.ListOf(RuleGen.Rules).Resize(5)
         from caller in RuleGen.Callers
         from tool in RuleGen.Tools
         from tells in Gen.Elements(AccountDetail.None, AccountDetail.Units, AccountDetail.Units | AccountDetail.Tags)
         select (Rules: AccessRules.Of([.. rules]), Use: new ToolUse(caller, "describe_ec2_instances", ["ec2:DescribeInstances"]) { CalledAs = tool }, tells)).ToArbitrary(),
        given => CheckAsync(given.Rules, given.Use, given.tells).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static async Task<bool> CheckAsync(AccessRules rules, ToolUse use, AccountDetail tells)
    {
        var organization = new StubOrganization(new StubAws(static call => StubAnswer.Session(call, new DateTimeOffset(2026, 11, 22, 13, 0, 0, TimeSpan.Zero))), new ManualTime());
        var way = new WayIn(new AccountDirectory(new FixedSource(tells), organization.Time), rules, organization.Entrance);

        // What is listed and selected.
        var listed = (await way.ListAsync(AccountDetail.None, use, CancellationToken.None)).Accounts.Select(static account => account.Id).ToList();
        var selected = (await way.SelectAsync(Selector("all"), use, CancellationToken.None)).Accounts.Select(static account => account.Id).ToList();
        selected.ShouldBe(listed);
        if (listed.Count > 0)
        {
            way.MaySeeTool(use).ShouldBeTrue();
        }

        // What can be entered, however it is named.
        var unknown = await way.OpenAsync("999999999999", organization.Home, use, CancellationToken.None);
        foreach (var account in Accounts)
        {
            var byId = await way.OpenAsync(account.Id.ToString(), organization.Home, use, CancellationToken.None);
            var byName = await way.OpenAsync(account.Name, organization.Home, use, CancellationToken.None);
            var direct = await way.OpenAsync(account, organization.Home, use, CancellationToken.None);
            var isListed = listed.Contains(account.Id);
            (byId.Door is not null, byName.Door is not null, direct.Door is not null).ShouldBe((isListed, isListed, isListed), account.Name);
            if (isListed)
            {
                continue;
            }

            // One that is not answers in the words of one that never was, and is near to nothing.
            RefusalWords.Of(byId.Refusal!).Message.ShouldBe(RefusalWords.Of(unknown.Refusal!).Message.Replace("999999999999", account.Id.ToString(), StringComparison.Ordinal));
            byId.Account.ShouldBeNull();
            (await way.FindAsync(account.Name[..^1], use, CancellationToken.None)).Refusal.ShouldBeOfType<Refusal.UnknownAccount>().Nearest.ShouldNotContain(account.Name);
        }

        // The sessions that were made are those of listed accounts.
        return organization.Aws.Calls.Where(static call => call.Operation == "sts:AssumeRole").All(call => listed.Contains(Id(call.Text("RoleArn")!.Split(':')[4])));
    }

    private static Account Of(string id, string name, string? unit, params (string Key, string Value)[] tags) =>
        new() { Id = Id(id), Name = name, OrganizationalUnit = unit, Tags = tags.ToDictionary(static tag => tag.Key, static tag => tag.Value, StringComparer.Ordinal) };

    /// <summary>Tells of accounts only what it is said to tell.</summary>
    private sealed class FixedSource(AccountDetail tells) : IAccountSource
    {
        public string Name => "fixed";

        public Task<AccountsRead> ReadAllAsync(AccountDetail detail, CancellationToken cancellationToken) =>
            Task.FromResult(new AccountsRead([.. Accounts.Select(account => Told(account, detail & tells))], null) { Detail = detail & tells });

        public Task<AccountRead> ReadAsync(AccountId id, CancellationToken cancellationToken) =>
            Task.FromResult(new AccountRead(Accounts.FirstOrDefault(account => account.Id == id) is { } found ? Told(found, AccountDetail.None) : null, null));

        private static Account Told(Account account, AccountDetail detail) => new()
        {
            Id = account.Id,
            Name = account.Name,
            OrganizationalUnit = detail.HasFlag(AccountDetail.Units) ? account.OrganizationalUnit : null,
            Tags = detail.HasFlag(AccountDetail.Tags) ? account.Tags : new Dictionary<string, string>(),
        };
    }
}
