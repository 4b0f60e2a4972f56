using CentralOps.Access.Callers;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.IdentityCenter;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Tests.IdentityCenter;

public sealed class PermissionSetSessionsTests
{
    private static readonly SessionKey Key = new(StubOrganization.Id("222222222222"), "aws", "Target", "{}", new Caller("jane", CallerKind.LocalToken), "tool");

    private readonly ManualTime _time = new();
    private string _roleList = """[{"roleName":"AdministratorAccess"},{"roleName":"ReadOnlyAccess"}]""";
    private string? _denial = "AccessDenied";

    [Fact]
    public async Task The_target_role_is_taken_where_it_may_be_assumed()
    {
        _denial = null;
        var aws = new StubAws(Answer);
        (await Obtain(aws)).Session!.Confinement.ShouldBe(Confinement.SessionPolicy);
        aws.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Else_a_read_only_permission_set_and_the_session_says_what_it_is_confined_by()
    {
        var aws = new StubAws(Answer);
        var session = (await Obtain(aws)).Session.ShouldNotBeNull();
        (session.Confinement, session.Withheld).ShouldBe((Confinement.PermissionSet, IdentityParts.All));
        aws.Calls.Last().Text("roleName").ShouldBe("ReadOnlyAccess");
    }

    [Fact]
    public async Task An_administrators_set_is_never_taken_unless_it_is_named()
    {
        _roleList = """[{"roleName":"AdministratorAccess"}]""";
        var refusal = (await Obtain(new StubAws(Answer))).Refusal.ShouldBeOfType<Refusal.NoPermissionSet>();
        refusal.Available.ShouldBe(["AdministratorAccess"]);
        (await Obtain(new StubAws(Answer), "AdministratorAccess")).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_has_nothing_in_the_account_is_told_of_the_role()
    {
        _roleList = "[]";
        (await Obtain(new StubAws(Answer))).Refusal.ShouldBeOfType<Refusal.RoleNotAssumed>();
    }

    [Fact]
    public async Task What_is_no_denial_does_not_lead_to_less_confinement()
    {
        _denial = "Throttling";
        var aws = new StubAws(Answer);
        (await Obtain(aws)).Refusal.ShouldBeOfType<Refusal.Throttled>();
        aws.Calls.ShouldAllBe(static call => call.Operation == "sts:AssumeRole");
    }

    private async Task<SessionGrant> Obtain(StubAws aws, string? named = null)
    {
        var organization = new StubOrganization(aws, _time);
        RegionName.TryParse("eu-west-1", out var region).ShouldBeTrue();
        var portal = new AccessPortal(organization.Client, region, static _ => ValueTask.FromResult("t"), _time);
        var made = new PermissionSetSessions(organization.Maker, portal, named).MakeAsync(Key, CancellationToken.None);
        for (var step = 0; step < 200 && !made.IsCompleted; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await made.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private StubAnswer Answer(StubCall call) => call.Operation.Split(':')[1] switch
    {
        "AssumeRole" => _denial is { } code ? StubAnswer.Failed(code, "User: u is not authorized to perform: sts:AssumeRole on resource: r", code is "Throttling" ? 400 : 403) : StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900)),
        "ListAccountRoles" => $$"""{"roleList":{{_roleList}}}""",
        "GetRoleCredentials" => """{"roleCredentials":{"accessKeyId":"ASIA","secretAccessKey":"s","sessionToken":"t","expiration":1795353600000}}""",
        _ => throw new InvalidOperationException($"Nobody expected {call}."),
    };
}
