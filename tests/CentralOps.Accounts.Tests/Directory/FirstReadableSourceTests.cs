using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Aws.Calls;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Directory;

public sealed class FirstReadableSourceTests
{
    private static readonly Refusal Denied = new Refusal.DirectoryUnavailable(
        new Refusal.RoleNotAssumed(Id("111111111111"), "arn:aws:iam::111111111111:role/R", WithExternalId: false, new AwsFailure("sts", "AssumeRole", FailureKind.Access, "AccessDenied", "No.", null, 403)));

    private readonly ManualTime _time = new();
    private readonly OneSource _first = new("organizations");
    private readonly OneSource _second = new("identity_center");

    [Fact]
    public async Task The_first_source_answers_where_it_may_be_read()
    {
        var listing = await Directory().ListAsync(AccountDetail.None, CancellationToken.None);
        (listing.Source, listing.PassedOver, _second.Reads).ShouldBe(("organizations", null, 0));
    }

    [Fact]
    public async Task A_denied_source_is_passed_over_and_the_answer_says_so()
    {
        _first.Refusal = Denied;
        var listing = await Directory().ListAsync(AccountDetail.None, CancellationToken.None);
        (listing.Source, listing.PassedOver).ShouldBe(("identity_center", Denied));
        listing.Accounts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_source_that_is_out_of_reach_for_a_moment_is_not_replaced_by_one_that_knows_less()
    {
        _first.Refusal = new Refusal.DirectoryUnavailable(new Refusal.Throttled(Id("111111111111"), new AwsFailure("organizations", "ListAccounts", FailureKind.Throttling, "TooManyRequestsException", "", null, 429)));
        (await Directory().ListAsync(AccountDetail.None, CancellationToken.None)).Refusal.ShouldBe(_first.Refusal);
        _second.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task A_denied_source_is_left_alone_for_a_while_and_then_asked_again()
    {
        _first.Refusal = Denied;
        var sources = new FirstReadableSource([_first, _second], _time);
        await sources.ReadAsync(Id("222222222222"), CancellationToken.None);
        (await sources.ReadAllAsync(AccountDetail.None, CancellationToken.None)).PassedOver.ShouldBe(Denied);
        _first.Reads.ShouldBe(1);

        _first.Refusal = null;
        _time.Advance(TimeSpan.FromMinutes(5));
        (await sources.ReadAllAsync(AccountDetail.None, CancellationToken.None)).Source.ShouldBe("organizations");
    }

    [Fact]
    public async Task The_last_sources_denial_is_the_answer()
    {
        _first.Refusal = Denied;
        _second.Refusal = new Refusal.DirectoryUnavailable(new Refusal.KnockingCredentialsUnavailable("The sign-in is over.", "Run: aws sso login"));
        (await Directory().ListAsync(AccountDetail.None, CancellationToken.None)).Refusal.ShouldBe(_second.Refusal);
    }

    private AccountDirectory Directory() => new(new FirstReadableSource([_first, _second], _time), _time);

    private sealed class OneSource(string name) : IAccountSource
    {
        public string Name => name;

        public int Reads { get; private set; }

        public Refusal? Refusal { get; set; }

        public Task<AccountsRead> ReadAllAsync(AccountDetail detail, CancellationToken cancellationToken)
        {
            Reads++;
            return Task.FromResult(Refusal is { } refusal ? AccountsRead.Refused(refusal) : new AccountsRead([new Account { Id = Id("222222222222"), Name = "Production" }], null) { Source = name });
        }

        public async Task<AccountRead> ReadAsync(AccountId id, CancellationToken cancellationToken)
        {
            var read = await ReadAllAsync(AccountDetail.None, cancellationToken);
            return new AccountRead(read.Accounts is [var only] ? only : null, read.Refusal);
        }
    }
}
