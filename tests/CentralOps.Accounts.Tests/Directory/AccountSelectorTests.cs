using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Access.Rules.Files;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Directory;

public sealed class AccountSelectorTests
{
    private readonly FixedSource _source = new();

    [Theory]
    [InlineData("all", "1 2 3 4 5")]
    [InlineData("222222222222", "2")]
    [InlineData("production", "2")]
    [InlineData("name:Production", "2")]
    [InlineData("name:all", "5")]
    [InlineData("ou:Workloads", "2 3 4")]
    [InlineData("ou:/workloads/prod/", "2")]
    [InlineData("ou:Workloads/Production", "4")]
    [InlineData("tag:env=prod", "2 4")]
    [InlineData("tag:note=", "3")]
    [InlineData("tag:sum=a=b", "3")]
    [InlineData("ou:Workloads, !tag:env=prod", "3")]
    [InlineData("!Production,!ou:Workloads/Production", "1 3 5")]
    [InlineData("333333333333,Production , 333333333333", "2 3")]
    [InlineData("all,!111111111111,! Staging", "2 4 5")]
    public async Task A_selector_means_these_accounts_in_the_order_of_their_ids(string text, string expected)
    {
        var read = await Directory().SelectAsync(Selector(text), AccountSight.All, CancellationToken.None);
        read.Refusal.ShouldBeNull();
        string.Join(' ', read.Accounts.Select(static account => account.Id.ToString()[..1])).ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" ", "is empty")]
    [InlineData("a,,b", "is empty")]
    [InlineData("!", "is empty")]
    [InlineData("name:", "is empty")]
    [InlineData("ou:", "ou:Workloads/Prod")]
    [InlineData("ou:///", "ou:Workloads/Prod")]
    [InlineData("tag:env", "tag:env=prod")]
    [InlineData("tag:=x", "tag:env=prod")]
    [InlineData("22222222222", "has 11 digits, an account id has 12")]
    [InlineData("Production,1234", "'1234' has 4 digits")]
    public void What_is_no_selector_is_told_with_its_repair(string text, string problem)
    {
        AccountSelector.TryParse(text, out _, out var told).ShouldBeFalse();
        told.ShouldContain(problem);
    }

    [Fact]
    public void A_selector_is_bounded()
    {
        AccountSelector.TryParse(new string('a', 10_000), out _, out var problem).ShouldBeFalse();
        problem.ShouldContain("too long");
        AccountSelector.TryParse(string.Join(',', Enumerable.Repeat("a", 600)), out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Prodction", "Production")]
    [InlineData("ou:Workloads/Prd", "ou:Workloads/Prod")]
    [InlineData("tag:env=prood", "tag:env=prod")]
    [InlineData("all,!Stagin", "Staging")]
    public async Task A_part_that_means_nothing_is_refused_with_the_nearest_also_when_it_excludes(string text, string nearest) =>
        (await Directory().SelectAsync(Selector(text), AccountSight.All, CancellationToken.None)).Refusal.ShouldBeOfType<Refusal.UnknownAccount>().Nearest.ShouldContain(nearest);

    [Theory]
    [InlineData("Prodction")]
    [InlineData("Production")]
    [InlineData("tag:env=prood")]
    [InlineData("ou:Workloads/Prd")]
    public async Task An_account_that_the_caller_may_not_see_is_unknown_and_nearest_to_nothing(string text)
    {
        var refusal = (await Directory().SelectAsync(Selector(text), Only("111111111111"), CancellationToken.None))
            .Refusal.ShouldBeOfType<Refusal.UnknownAccount>();
        refusal.Nearest.ShouldBeEmpty();
    }

    private static AccountSight Only(string accounts) =>
        new(RulesFile.Parse($"rules: [{{who: everyone, tools: '*', accounts: '{accounts}'}}]", "access.yaml").AccountsOf(Caller.Local, "describe_ec2_instances"));

    [Fact]
    public async Task Everything_excluded_is_nothing_meant() =>
        (await Directory().SelectAsync(Selector("Production,!tag:env=prod"), AccountSight.All, CancellationToken.None)).Refusal.ShouldBeOfType<Refusal.UnknownAccount>();

    [Fact]
    public async Task One_account_is_found_by_any_selector_that_only_it_fits()
    {
        (await Directory().FindAsync(Selector("tag:note="), AccountSight.All, CancellationToken.None)).Account!.Name.ShouldBe("Staging");
        (await Directory().FindAsync(Selector("ou:Workloads"), AccountSight.All, CancellationToken.None)).Refusal
            .ShouldBeOfType<Refusal.AmbiguousAccount>().Matches.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("ou:Workloads", AccountDetail.Units)]
    [InlineData("!tag:env=prod", AccountDetail.Tags)]
    [InlineData("all", AccountDetail.None)]
    public async Task What_the_source_does_not_tell_is_refused_and_never_taken_for_nothing(string text, AccountDetail detail)
    {
        _source.Tells = AccountDetail.None;
        Selector(text).Detail.ShouldBe(detail);
        var refusal = (await Directory().SelectAsync(Selector(text), AccountSight.All, CancellationToken.None)).Refusal;
        (refusal as Refusal.SelectorUnanswerable)?.Untold.ShouldBe(detail);
        (refusal is null).ShouldBe(detail == AccountDetail.None);
    }

    private AccountDirectory Directory() => new(_source, new ManualTime());

    private sealed class FixedSource : IAccountSource
    {
        public string Name => "fixed";

        public AccountDetail Tells { get; set; } = AccountDetail.Units | AccountDetail.Tags;

        public Task<AccountsRead> ReadAllAsync(AccountDetail detail, CancellationToken cancellationToken) => Task.FromResult(new AccountsRead(
        [
            Of("555555555555", "all", "Root"),
            Of("222222222222", "Production", "Workloads/Prod", ("env", "prod")),
            Of("111111111111", "Central", "Root"),
            Of("333333333333", "Staging", "Workloads", ("env", "stage"), ("note", ""), ("sum", "a=b")),
            Of("444444444444", "Payments", "Workloads/Production", ("env", "prod")),
        ],
        null) { Detail = Tells & detail });

        public Task<AccountRead> ReadAsync(AccountId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static Account Of(string id, string name, string unit, params (string Key, string Value)[] tags) =>
            new() { Id = Id(id), Name = name, OrganizationalUnit = unit, Tags = tags.ToDictionary(static tag => tag.Key, static tag => tag.Value, StringComparer.Ordinal) };
    }
}
