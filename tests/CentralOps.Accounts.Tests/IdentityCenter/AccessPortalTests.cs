using CentralOps.Accounts.Directory;
using CentralOps.Accounts.IdentityCenter;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.IdentityCenter;

public sealed class AccessPortalTests
{
    private const string Token = "portal-token-that-nobody-shows";

    private readonly ManualTime _time = new();
    private Func<StubCall, StubAnswer?> _other = static _ => null;
    private Func<string> _token = static () => Token;

    [Fact]
    public async Task The_accounts_of_the_person_are_read_page_by_page_with_the_token_and_unsigned()
    {
        var aws = new StubAws(Answer);
        var reading = Portal(aws).ListAccountsAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));
        var read = await reading.WaitAsync(TimeSpan.FromSeconds(20));
        read.Refusal.ShouldBeNull();
        read.Accounts.Select(static account => $"{account.Id} {account.Name}").ShouldBe(["111111111111 Central", "222222222222 Production"]);
        aws.Calls.Count.ShouldBe(2);
        aws.Calls.ShouldAllBe(static call => call.KeyId.Length == 0 && call.Text("accessToken") == Token);
    }

    [Fact]
    public async Task Names_lose_what_acts_on_a_terminal()
    {
        _other = static call => call.Operation.EndsWith("ListAccounts") ? (StubAnswer)"""{"accountList":[{"accountId":"111111111111","accountName":"Cen\u001btral","emailAddress":"a@example.com"}]}""" : null;
        (await Portal(new StubAws(Answer)).ListAccountsAsync(CancellationToken.None)).Accounts[0].Name.ShouldBe("Central");
    }

    [Fact]
    public async Task A_session_comes_with_its_end()
    {
        var grant = await Portal(new StubAws(Answer)).GetRoleCredentialsAsync(Id("222222222222"), "ReadOnlyAccess", CancellationToken.None);
        grant.Refusal.ShouldBeNull();
        (grant.Session!.Credentials.AccessKeyId, grant.Session.Until).ShouldBe(("ASIA222222222222", DateTimeOffset.FromUnixTimeMilliseconds(1795353600000)));
    }

    [Fact]
    public async Task No_more_than_twenty_calls_go_out_in_a_second()
    {
        var aws = new StubAws(Answer);
        var portal = Portal(aws);
        var calls = Enumerable.Range(0, 50).Select(_ => portal.ListPermissionSetsAsync(Id("222222222222"), CancellationToken.None)).ToList();
        for (var step = 0; step < 40 && !calls.TrueForAll(static call => call.IsCompleted); step++)
        {
            aws.Calls.Count.ShouldBeLessThanOrEqualTo((step * 2) + 1);
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAll(calls.Take((step * 2) + 1)).WaitAsync(TimeSpan.FromSeconds(20));
        }

        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(20));
        aws.Calls.Count.ShouldBe(50);
    }

    [Theory]
    [InlineData("UnauthorizedException", 401, "expired")]
    [InlineData("TooManyRequestsException", 429, "service")]
    [InlineData("ForbiddenException", 403, "assume_role")]
    [InlineData("InternalFailure", 500, "service")]
    public async Task What_the_portal_refuses_has_its_stage(string code, int status, string stage)
    {
        _other = call => call.Operation.EndsWith("GetRoleCredentials") ? StubAnswer.Failed(code, "No access", status) : null;
        var grant = await Portal(new StubAws(Answer)).GetRoleCredentialsAsync(Id("222222222222"), "ReadOnlyAccess", CancellationToken.None);
        RefusalWords.Of(grant.Refusal!).StageName.ShouldBe(stage);
    }

    [Fact]
    public async Task A_sign_in_that_is_over_tells_the_command_that_mends_it()
    {
        _token = static () => throw new CredentialException(CredentialProblem.SignIn, "The sign-in of profile ops is over.", "Run: aws sso login --profile ops");
        var source = new IdentityCenterSource(Portal(new StubAws(Answer)));
        RefusalWords.Of((await source.ReadAllAsync(AccountDetail.None, CancellationToken.None)).Refusal!).Remedy.ShouldContain("aws sso login --profile ops");
    }

    [Fact]
    public async Task A_list_without_end_is_refused()
    {
        _other = static call => call.Operation.EndsWith("ListAccountRoles") ? (StubAnswer)"""{"roleList":[],"nextToken":"again"}""" : null;
        var reading = Portal(new StubAws(Answer)).ListPermissionSetsAsync(Id("222222222222"), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await reading.WaitAsync(TimeSpan.FromSeconds(20))).Refusal.ShouldBeOfType<Refusal.ServiceFailed>().Failure.Code.ShouldBe("EndlessList");
    }

    [Theory]
    [InlineData("AdministratorAccess SecurityAudit ViewOnlyAccess", null, "ViewOnlyAccess")]
    [InlineData("ViewOnlyAccess ReadOnlyAccess", null, "ReadOnlyAccess")]
    [InlineData("AdministratorAccess PowerUserAccess MyReadOnlyAccess", null, null)]
    [InlineData("AdministratorAccess ReadOnlyAccess", "AdministratorAccess", "AdministratorAccess")]
    [InlineData("ReadOnlyAccess", "Auditor", null)]
    public void A_read_only_permission_set_is_preferred_and_another_only_taken_by_name(string available, string? named, string? chosen) =>
        PermissionSetChoice.Of(available.Split(' '), named).ShouldBe(chosen);

    private AccessPortal Portal(StubAws aws)
    {
        RegionName.TryParse("eu-west-1", out var region).ShouldBeTrue();
        var client = new AwsClient(new HttpMessageInvoker(aws), EndpointResolver.Default, _time, new AwsClientOptions { MaxAttempts = 1 });
        return new AccessPortal(client, region, _ => ValueTask.FromResult(_token()), _time);
    }

    private StubAnswer Answer(StubCall call) => _other(call) ?? (call.Operation.Split(':')[1], call.Text("nextToken")) switch
    {
        ("ListAccounts", null) => """{"accountList":[{"accountId":"111111111111","accountName":"Central","emailAddress":"a@example.com"}],"nextToken":"two"}""",
        ("ListAccounts", "two") => """{"accountList":[{"accountId":"222222222222","accountName":"Production","emailAddress":"b@example.com"}]}""",
        ("ListAccountRoles", _) => """{"roleList":[{"roleName":"AdministratorAccess","accountId":"222222222222"},{"roleName":"ReadOnlyAccess","accountId":"222222222222"}]}""",
        ("GetRoleCredentials", _) =>
            $$$"""{"roleCredentials":{"accessKeyId":"ASIA{{{call.Text("accountId")}}}","secretAccessKey":"s","sessionToken":"t","expiration":1795353600000}}""",
        _ => throw new InvalidOperationException($"Nobody expected {call}."),
    };
}
