using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Access.Sealing;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Entry;

public sealed class AccountHandlesTests
{
    private static readonly Caller Jane = new("jane", CallerKind.Jwt) { Issuer = "https://one.example" };
    private static readonly Caller OtherJane = new("jane", CallerKind.Jwt) { Issuer = "https://two.example" };

    private readonly ManualTime _time = new();
    private readonly TokenKeys _keys = TokenKeys.New();

    private AccountHandles Handles => new(_keys, _time);

    private string Handle => Handles.Write(Id("222222222222"), new StubOrganization(new StubAws(static _ => "{}"), _time).Home, Jane, out _);

    [Fact]
    public async Task A_handle_means_the_account_it_was_given_for()
    {
        var found = await FindAsync(Handle, Jane, AccessRules.RequireIdentity);
        found.Account.ShouldNotBeNull().Id.ShouldBe(Id("222222222222"));
        Handle.Length.ShouldBeInRange(60, AccountHandles.MaxLength);
        Handle.ShouldStartWith("acct_222222222222_us-east-1_");
        AccountHandles.RegionSaid(Handle).ShouldBe(new StubOrganization(new StubAws(static _ => "{}"), _time).Home);
        AccountHandles.RegionSaid("222222222222").ShouldBeNull();
    }

    [Fact]
    public async Task What_another_was_given_has_expired_or_was_changed_is_refused_each_in_its_words()
    {
        (await CodeAsync(Handle, OtherJane)).ShouldBe("AccountHandleOfAnother");
        (await CodeAsync(Handle + "AAAA", Jane)).ShouldBe("AccountHandleChanged");
        (await CodeAsync(Handle[..^1] + "~", Jane)).ShouldBe("AccountHandleDamaged");
        (await CodeAsync("acct_" + new string('A', 80), Jane)).ShouldBe("AccountHandleDamaged");
        (await CodeAsync(Handle.Replace("222222222222", "333333333333", StringComparison.Ordinal), Jane)).ShouldBe("AccountHandleChanged");
        (await CodeAsync(Handle.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal), Jane)).ShouldBe("AccountHandleChanged");
        var foreign = new AccountHandles(TokenKeys.New(), _time).Write(Id("222222222222"), new StubOrganization(new StubAws(static _ => "{}"), _time).Home, Jane, out _);
        (await CodeAsync(foreign, Jane)).ShouldBe("AccountHandleUnknown");
        var early = Handle;
        _time.Advance(AccountHandles.Lifetime - TimeSpan.FromSeconds(1));
        (await FindAsync(early, Jane, AccessRules.RequireIdentity)).Account.ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await CodeAsync(early, Jane)).ShouldBe("AccountHandleExpired");
    }

    [Fact]
    public async Task No_single_changed_character_is_taken()
    {
        var handle = Handle;
        for (var at = "acct_".Length; at < handle.Length; at++)
        {
            var changed = handle[..at] + (handle[at] == '1' ? '2' : '1') + handle[(at + 1)..];
            (await FindAsync(changed, Jane, AccessRules.RequireIdentity)).Refusal.ShouldBeOfType<Refusal.AccountHandleRefused>($"character {at}");
        }
    }

    [Fact]
    public async Task Another_signed_text_is_no_handle()
    {
        var text = "acct_222222222222_us-east-1_" + SignedText.Write(_keys, "next_token", Jane, _time.GetUtcNow() + TimeSpan.FromHours(1), "222222222222us-east-1"u8);
        (await CodeAsync(text, Jane)).ShouldBe("AccountHandleChanged");
    }

    [Fact]
    public async Task A_handle_opens_nothing_that_the_rules_keep_shut_now()
    {
        var found = await FindAsync(Handle, Jane, AccessRules.LocalOnly);
        found.Refusal.ShouldBeOfType<Refusal.UnknownAccount>();
    }

    [Fact]
    public async Task A_short_text_that_begins_alike_is_a_name()
    {
        (await FindAsync("acct_prod", Jane, AccessRules.RequireIdentity)).Refusal.ShouldBeOfType<Refusal.UnknownAccount>().Selector.ShouldBe("acct_prod");
        AccountHandles.IsHandle("acct_prod").ShouldBeFalse();
    }

    private async Task<string> CodeAsync(string handle, Caller caller)
    {
        var refusal = (await FindAsync(handle, caller, AccessRules.RequireIdentity)).Refusal.ShouldBeOfType<Refusal.AccountHandleRefused>();
        var words = RefusalWords.Of(refusal);
        words.StageName.ShouldBe("arguments");
        words.Remedy.ShouldContain("switch_account");
        return words.Code;
    }

    private async Task<AccountRead> FindAsync(string selector, Caller caller, AccessRules rules)
    {
        var organization = new StubOrganization(new StubAws(call => call.Operation switch
        {
            "sts:AssumeRole" => StubAnswer.Session(call, _time.GetUtcNow() + TimeSpan.FromHours(1)),
            "organizations:DescribeAccount" => $$$"""{"Account":{"Id":"{{{call.Text("AccountId")}}}","Name":"Production","Status":"ACTIVE"}}""",
            "organizations:ListAccounts" => """{"Accounts":[{"Id":"222222222222","Name":"Production","Status":"ACTIVE"}]}""",
            _ => StubAnswer.Failed("AccessDenied"),
        }), _time);
        var way = new WayIn(organization.Directory, rules, organization.Entrance);
        return await way.FindAsync(selector, new ToolUse(caller, "describe_ec2_instances", ["ec2:DescribeInstances"]) { Handles = Handles }, CancellationToken.None);
    }
}
