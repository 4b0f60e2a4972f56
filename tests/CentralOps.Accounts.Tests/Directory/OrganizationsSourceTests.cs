using System.Text.Json;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Directory;

public sealed class OrganizationsSourceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task All_pages_are_read_and_every_account_has_its_unit()
    {
        var organization = new StubOrganization(new StubAws(Answer), _time);
        var listing = await organization.Directory.ListAsync(AccountDetail.Units, CancellationToken.None);

        listing.Refusal.ShouldBeNull();
        listing.Accounts.Select(static account => $"{account.Id} {account.Name} {account.Status} {account.OrganizationalUnit}").ShouldBe(
        [
            "111111111111 Central SUSPENDED Root", "222222222222 Production ACTIVE Workloads/Prod", "333333333333 Staging ACTIVE Workloads", "444444444444 Stray ACTIVE ",
        ]);
        organization.Aws.CountOf("organizations:ListAccounts").ShouldBe(2);
    }

    [Fact]
    public async Task Without_units_nobody_walks_the_tree()
    {
        var organization = new StubOrganization(new StubAws(Answer), _time);
        await organization.Directory.ListAsync(AccountDetail.None, CancellationToken.None);
        organization.Aws.CountOf("organizations:ListRoots").ShouldBe(0);
    }

    [Fact]
    public async Task A_cold_call_for_an_id_asks_about_that_account_only()
    {
        var organization = new StubOrganization(new StubAws(Answer), _time);
        (await organization.Directory.FindAsync(Selector("222222222222"), AccountSight.All, CancellationToken.None)).Account!.Name.ShouldBe("Production");
        organization.Aws.Calls.Select(static call => call.Operation).ShouldBe(["sts:AssumeRole", "organizations:DescribeAccount"]);
    }

    [Fact]
    public async Task Organizations_is_read_through_the_target_role_confined_to_its_reads()
    {
        var organization = new StubOrganization(new StubAws(Answer), _time);
        await organization.Directory.FindAsync(Selector("222222222222"), AccountSight.All, CancellationToken.None);
        var knock = organization.Aws.Calls.First();
        knock.Text("RoleArn").ShouldBe("arn:aws:iam::111111111111:role/CentralOpsTargetRole");
        knock.Text("SourceIdentity").ShouldBe("centralops-directory");
        var actions = JsonDocument.Parse(knock.Text("Policy")!).RootElement.GetProperty("Statement")[1].GetProperty("NotAction");
        actions.EnumerateArray().ShouldAllBe(static action => action.GetString()!.StartsWith("organizations:"));
        organization.Aws.Calls.Last().KeyId.ShouldBe("ASIA111111111111");
    }

    [Fact]
    public async Task An_answer_about_another_account_is_none_about_this_one()
    {
        var aws = new StubAws(call => call.Operation == "organizations:DescribeAccount"
            ? """{"Account":{"Id":"333333333333","Name":"Staging","Status":"ACTIVE"}}"""
            : Answer(call));
        var read = await new StubOrganization(aws, _time).Directory.FindAsync(Selector("222222222222"), AccountSight.All, CancellationToken.None);
        read.Account.ShouldBeNull();
        read.Refusal.ShouldBeOfType<Refusal.UnknownAccount>();
    }

    [Fact]
    public async Task Who_may_not_list_units_still_gets_the_accounts()
    {
        var aws = new StubAws(call => call.Operation == "organizations:ListRoots" ? StubAnswer.Failed("AccessDeniedException", status: 400) : Answer(call));
        var listing = await new StubOrganization(aws, _time).Directory.ListAsync(AccountDetail.Units, CancellationToken.None);
        listing.Accounts.Count.ShouldBe(4);
        listing.Accounts.ShouldAllBe(static account => account.OrganizationalUnit == null);
    }

    [Fact]
    public async Task Tags_are_read_account_by_account_where_they_are_wanted()
    {
        var organization = new StubOrganization(new StubAws(Answer), _time);
        var listing = await organization.Directory.ListAsync(AccountDetail.Tags, CancellationToken.None);
        listing.Detail.ShouldBe(AccountDetail.Tags);
        listing.Accounts[1].Tags.ShouldBe(new Dictionary<string, string> { ["env"] = "prod", ["note"] = "" }, ignoreOrder: true);
        organization.Aws.CountOf("organizations:ListTagsForResource").ShouldBe(5);
    }

    [Fact]
    public async Task Who_may_not_list_tags_still_gets_the_accounts_and_is_told()
    {
        var aws = new StubAws(call => call.Operation == "organizations:ListTagsForResource" ? StubAnswer.Failed("AccessDeniedException", status: 400) : Answer(call));
        var listing = await new StubOrganization(aws, _time).Directory.ListAsync(AccountDetail.Tags | AccountDetail.Units, CancellationToken.None);
        (listing.Accounts.Count, listing.Detail).ShouldBe((4, AccountDetail.Units));
    }

    [Fact]
    public async Task A_list_that_names_its_own_page_as_the_next_is_refused_and_does_not_pass_for_the_whole()
    {
        var aws = new StubAws(call => call.Operation == "organizations:ListAccounts" ? """{"Accounts":[],"NextToken":"same"}""" : Answer(call));
        var listing = await new StubOrganization(aws, _time).Directory.ListAsync(AccountDetail.None, CancellationToken.None);
        RefusalWords.Of(listing.Refusal!).Code.ShouldBe("EndlessList");
        aws.CountOf("organizations:ListAccounts").ShouldBe(2);
    }

    [Fact]
    public async Task What_keeps_the_list_from_being_read_is_told_as_the_directorys()
    {
        var aws = new StubAws(call => call.Operation == "organizations:ListAccounts" ? StubAnswer.Failed("AccessDeniedException", "You don't have permissions", 400) : Answer(call));
        var listing = await new StubOrganization(aws, _time).Directory.ListAsync(AccountDetail.None, CancellationToken.None);
        var text = RefusalWords.Of(listing.Refusal!);
        text.StageName.ShouldBe("directory");
        text.Code.ShouldBe("AccessDeniedException");
        text.Remedy.ShouldContain("CENTRALOPS_DIRECTORY_ACCOUNT");
    }

    [Fact]
    public async Task An_account_that_is_no_member_is_unknown_and_not_a_failure() =>
        (await new StubOrganization(new StubAws(Answer), _time).Directory.FindAsync(Selector("999999999999"), AccountSight.All, CancellationToken.None))
            .Refusal.ShouldBeOfType<Refusal.UnknownAccount>();

    [Fact]
    public async Task Names_lose_what_acts_on_a_terminal()
    {
        var aws = new StubAws(call => call.Operation == "organizations:DescribeAccount"
            ? """{"Account":{"Id":"222222222222","Name":"Pro\u202Educ\u001btion","Status":"ACTIVE"}}""" : Answer(call));
        (await new StubOrganization(aws, _time).Directory.FindAsync(Selector("222222222222"), AccountSight.All, CancellationToken.None)).Account!.Name.ShouldBe("Production");
    }

    private StubAnswer Answer(StubCall call) => (call.Operation, call.Text("ParentId"), call.Text("NextToken")) switch
    {
        ("sts:AssumeRole", _, _) => StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900)),
        ("organizations:ListAccounts", _, null) =>
            """{"Accounts":[{"Id":"222222222222","Name":"Production","Status":"ACTIVE","Email":"p@example.com"},{"Id":"111111111111","Name":"Central","Status":"SUSPENDED"}],"NextToken":"two"}""",
        ("organizations:ListAccounts", _, "two") =>
            """{"Accounts":[{"Id":"444444444444","Name":"Stray","State":"ACTIVE"},{"Id":"333333333333","Name":"Staging","Status":"ACTIVE"}]}""",
        ("organizations:DescribeAccount", _, _) when call.Text("AccountId") == "222222222222" =>
            """{"Account":{"Id":"222222222222","Name":"Production","Status":"ACTIVE"}}""",
        ("organizations:DescribeAccount", _, _) => StubAnswer.Failed("AccountNotFoundException", "You specified an account that doesn't exist.", 400),
        ("organizations:ListTagsForResource", _, null) when call.Text("ResourceId") == "222222222222" => """{"Tags":[{"Key":"env","Value":"prod"}],"NextToken":"rest"}""",
        ("organizations:ListTagsForResource", _, "rest") => """{"Tags":[{"Key":"note","Value":""}]}""",
        ("organizations:ListTagsForResource", _, _) => """{"Tags":[]}""",
        ("organizations:ListRoots", _, _) => """{"Roots":[{"Id":"r-1","Name":"Root"}]}""",
        ("organizations:ListOrganizationalUnitsForParent", "r-1", _) => """{"OrganizationalUnits":[{"Id":"ou-1","Name":"Workloads"}]}""",
        ("organizations:ListOrganizationalUnitsForParent", "ou-1", null) => """{"OrganizationalUnits":[],"NextToken":"more"}""",
        ("organizations:ListOrganizationalUnitsForParent", "ou-1", "more") => """{"OrganizationalUnits":[{"Id":"ou-2","Name":"Prod"}]}""",
        ("organizations:ListOrganizationalUnitsForParent", _, _) => """{"OrganizationalUnits":[]}""",
        ("organizations:ListAccountsForParent", "r-1", _) => """{"Accounts":[{"Id":"111111111111"}]}""",
        ("organizations:ListAccountsForParent", "ou-1", _) => """{"Accounts":[{"Id":"333333333333"}]}""",
        ("organizations:ListAccountsForParent", _, _) => """{"Accounts":[{"Id":"222222222222"}]}""",
        _ => throw new InvalidOperationException($"Nobody expected {call}."),
    };
}
