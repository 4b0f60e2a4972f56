using CentralOps.Access.Callers;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Tests.Credentials;

public sealed class RoleAssumptionTests
{
    private static readonly SessionKey Key = new(StubOrganization.Id("222222222222"), "aws", "Target", "{}", Named("jane@example.com"), "tool");

    private readonly ManualTime _time = new();
    private string? _inherited;
    private bool _admitsTags = true;
    private bool _admitsSource = true;

    [Theory]
    [InlineData(IdentityMode.Require, true, true, IdentityParts.None, 1)]
    [InlineData(IdentityMode.BestEffort, true, true, IdentityParts.None, 1)]
    [InlineData(IdentityMode.BestEffort, false, true, IdentityParts.SessionTags, 2)]
    [InlineData(IdentityMode.BestEffort, true, false, IdentityParts.SourceIdentity, 2)]
    [InlineData(IdentityMode.BestEffort, false, false, IdentityParts.All, 3)]
    [InlineData(IdentityMode.Off, false, false, IdentityParts.All, 1)]
    public async Task What_a_role_does_not_admit_is_left_out_step_by_step_and_told(IdentityMode mode, bool tags, bool source, IdentityParts withheld, int calls)
    {
        (_admitsTags, _admitsSource) = (tags, source);
        var aws = new StubAws(Answer);
        var session = (await Broker(aws, mode).ObtainAsync(Key, CancellationToken.None)).Session.ShouldNotBeNull();
        (session.Withheld, aws.Calls.Count).ShouldBe((withheld, calls));
        aws.Calls.ShouldAllBe(static call => call.Text("RoleSessionName") == "jane@example.com" && call.Text("Policy") == "{}");
    }

    [Theory]
    [InlineData(false, true, "sts:TagSession")]
    [InlineData(true, false, "sts:SetSourceIdentity")]
    public async Task A_role_that_admits_less_is_not_entered_where_all_is_required(bool tags, bool source, string action)
    {
        (_admitsTags, _admitsSource) = (tags, source);
        var refusal = (await Broker(new StubAws(Answer), IdentityMode.Require).ObtainAsync(Key, CancellationToken.None)).Refusal.ShouldBeOfType<Refusal.RoleNotAssumed>();
        refusal.Failure.Message.ShouldContain(action);
    }

    [Theory]
    [InlineData(IdentityMode.Require)]
    [InlineData(IdentityMode.BestEffort)]
    public async Task A_source_identity_that_who_knocks_already_has_is_kept(IdentityMode mode)
    {
        (_admitsSource, _inherited) = (false, "jane");
        var session = (await Broker(new StubAws(Answer), mode).ObtainAsync(Key, CancellationToken.None)).Session.ShouldNotBeNull();
        session.Withheld.ShouldBe(IdentityParts.None);
    }

    [Fact]
    public async Task What_a_role_admits_is_remembered_for_an_hour()
    {
        _admitsTags = false;
        var aws = new StubAws(Answer);
        var broker = Broker(aws, IdentityMode.BestEffort);
        await broker.ObtainAsync(Key, CancellationToken.None);
        await broker.ObtainAsync(Key with { Caller = Named("john@example.com") }, CancellationToken.None);
        aws.Calls.Count.ShouldBe(3);

        _admitsTags = true;
        _time.Advance(TimeSpan.FromHours(1));
        (await broker.ObtainAsync(Key with { Caller = Named("ann@example.com") }, CancellationToken.None)).Session!.Withheld.ShouldBe(IdentityParts.None);
        aws.Calls.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_asked_for_once()
    {
        var aws = new StubAws(static _ => StubAnswer.Failed("AccessDenied", "User: u is not authorized to perform: sts:AssumeRole on resource: r"));
        (await Broker(aws, IdentityMode.BestEffort).ObtainAsync(Key, CancellationToken.None)).Refusal.ShouldBeOfType<Refusal.RoleNotAssumed>();
        aws.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(899)]
    [InlineData(3601)]
    public void A_session_lasts_from_a_quarter_of_an_hour_to_an_hour(int seconds) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BrokerOptions { Region = default(RegionName), SessionDuration = TimeSpan.FromSeconds(seconds) });

    private CredentialBroker Broker(StubAws aws, IdentityMode mode) => new StubOrganization(aws, _time, identity: mode).Broker;

    private StubAnswer Answer(StubCall call)
    {
        var denied = (call.Input.TryGetProperty("Tags", out _) && !_admitsTags, call.Text("SourceIdentity") is not null && !_admitsSource) switch
        {
            (true, _) => "sts:TagSession",
            (_, true) => "sts:SetSourceIdentity",
            _ => null,
        };
        if (denied is not null)
        {
            return StubAnswer.Failed("AccessDenied", $"User: {StubOrganization.Lambda} is not authorized to perform: {denied} on resource: {call.Text("RoleArn")}");
        }

        var session = StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900));
        return _inherited is null ? session : session with { Json = session.Json!.Replace("\"PackedPolicySize\"", $"\"SourceIdentity\":\"{_inherited}\",\"PackedPolicySize\"", StringComparison.Ordinal) };
    }

    private static Caller Named(string name) => new(name, CallerKind.LocalToken);
}
