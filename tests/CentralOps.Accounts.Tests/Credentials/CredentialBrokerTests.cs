using CentralOps.Access.Callers;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Credentials;

public sealed class CredentialBrokerTests
{
    private static readonly SessionKey Key = KeyOf("222222222222");

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Sixty_four_callers_at_once_cost_one_AssumeRole()
    {
        var open = new TaskCompletionSource();
        var aws = new StubAws(async (call, _) =>
        {
            await open.Task;
            return StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900));
        });
        var broker = new StubOrganization(aws, _time).Broker;

        var callers = Enumerable.Range(0, 64).Select(_ => broker.ObtainAsync(Key, CancellationToken.None)).ToList();
        open.SetResult();
        var grants = await Task.WhenAll(callers);

        aws.Calls.Count.ShouldBe(1);
        grants.ShouldAllBe(grant => ReferenceEquals(grant.Session, grants[0].Session));
        grants[0].Session!.PackedPolicySize.ShouldBe(7);
    }

    [Fact]
    public async Task One_caller_that_gives_up_does_not_take_the_session_from_the_others()
    {
        var open = new TaskCompletionSource();
        var aws = new StubAws(async (call, cancellationToken) =>
        {
            await open.Task.WaitAsync(cancellationToken);
            return StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900));
        });
        var broker = new StubOrganization(aws, _time).Broker;

        using var impatient = new CancellationTokenSource();
        var first = broker.ObtainAsync(Key, impatient.Token);
        var second = broker.ObtainAsync(Key, CancellationToken.None);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first.WaitAsync(TimeSpan.FromSeconds(20)));
        open.SetResult();

        (await second.WaitAsync(TimeSpan.FromSeconds(20))).Session.ShouldNotBeNull();
        aws.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_is_renewed_behind_the_callers_back_before_it_ends()
    {
        var renewed = new TaskCompletionSource();
        var aws = new StubAws(call => StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900)));
        var broker = new StubOrganization(aws, _time).Broker;
        var first = (await broker.ObtainAsync(Key, CancellationToken.None)).Session!;

        _time.Advance(TimeSpan.FromSeconds(700));
        (await broker.ObtainAsync(Key, CancellationToken.None)).Session.ShouldBeSameAs(first);
        aws.Calls.Count.ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(30));
        (await broker.ObtainAsync(Key, CancellationToken.None)).Session.ShouldBeSameAs(first);
        await Eventually(async () => !ReferenceEquals((await broker.ObtainAsync(Key, CancellationToken.None)).Session, first));
        aws.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_ended_session_is_never_served()
    {
        var aws = new StubAws(call => StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900)));
        var broker = new StubOrganization(aws, _time).Broker;
        var first = (await broker.ObtainAsync(Key, CancellationToken.None)).Session!;

        _time.Advance(TimeSpan.FromSeconds(895));
        var second = (await broker.ObtainAsync(Key, CancellationToken.None)).Session!;

        second.ShouldNotBeSameAs(first);
        second.Until.ShouldBeGreaterThan(_time.GetUtcNow().AddSeconds(800));
    }

    [Fact]
    public async Task A_renewal_that_fails_leaves_the_session_in_use_while_it_lasts()
    {
        var works = true;
        var aws = new StubAws(call => works ? StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900)) : StubAnswer.Failed("AccessDenied"));
        var broker = new StubOrganization(aws, _time).Broker;
        var first = (await broker.ObtainAsync(Key, CancellationToken.None)).Session!;

        works = false;
        _time.Advance(TimeSpan.FromSeconds(800));
        (await broker.ObtainAsync(Key, CancellationToken.None)).Session.ShouldBeSameAs(first);
        await Eventually(() => Task.FromResult(aws.Calls.Count == 2));
        (await broker.ObtainAsync(Key, CancellationToken.None)).Session.ShouldBeSameAs(first);

        _time.Advance(TimeSpan.FromSeconds(95));
        (await broker.ObtainAsync(Key, CancellationToken.None)).Refusal.ShouldBeOfType<Refusal.RoleNotAssumed>();
    }

    [Fact]
    public async Task A_refusal_holds_for_a_second_and_no_longer()
    {
        var works = false;
        var aws = new StubAws(call => works ? StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900)) : StubAnswer.Failed("AccessDenied"));
        var broker = new StubOrganization(aws, _time).Broker;

        (await broker.ObtainAsync(Key, CancellationToken.None)).Session.ShouldBeNull();
        (await broker.ObtainAsync(Key, CancellationToken.None)).Session.ShouldBeNull();
        aws.Calls.Count.ShouldBe(1);

        works = true;
        _time.Advance(TimeSpan.FromSeconds(1));
        (await broker.ObtainAsync(Key, CancellationToken.None)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task Sessions_are_apart_by_account_role_policy_caller_and_tool()
    {
        var aws = new StubAws(call => StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900)));
        var broker = new StubOrganization(aws, _time).Broker;
        foreach (var key in new[] { Key, KeyOf("333333333333"), Key with { Role = "Other" }, Key with { Policy = "{}" }, Key with { Caller = Named("jane") }, Key with { Tool = "other" }, Key })
        {
            await broker.ObtainAsync(key, CancellationToken.None);
        }

        aws.Calls.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Many_keys_do_not_make_the_cache_grow_without_end()
    {
        var aws = new StubAws(call => StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900)));
        var broker = new StubOrganization(aws, _time, maxSessions: 16).Broker;
        for (var number = 0; number < 40; number++)
        {
            await broker.ObtainAsync(KeyOf($"{number:D12}"), CancellationToken.None);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        // The newest is kept, the oldest has gone.
        await broker.ObtainAsync(KeyOf("000000000039"), CancellationToken.None);
        aws.Calls.Count.ShouldBe(40);
        await broker.ObtainAsync(KeyOf("000000000000"), CancellationToken.None);
        aws.Calls.Count.ShouldBe(41);
    }

    [Fact]
    public async Task AssumeRole_carries_policy_caller_tool_and_external_id()
    {
        var aws = new StubAws(call => StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900)));
        await new StubOrganization(aws, _time, externalId: "shared-word").Broker.ObtainAsync(Key with { Caller = Named("jane doe") }, CancellationToken.None);

        var call = aws.Calls.Single();
        call.Operation.ShouldBe("sts:AssumeRole");
        call.Region.ShouldBe("us-east-1");
        call.Text("RoleArn").ShouldBe("arn:aws:iam::222222222222:role/CentralOpsTargetRole");
        call.Text("Policy").ShouldBe(Key.Policy);
        call.Text("ExternalId").ShouldBe("shared-word");
        call.Input.GetProperty("DurationSeconds").GetInt32().ShouldBe(900);
        call.Text("RoleSessionName").ShouldBe(SessionIdentity.Of(Named("jane doe")));
        call.Text("SourceIdentity").ShouldBe(SessionIdentity.Of(Named("jane doe")));
        call.Input.GetProperty("Tags").EnumerateArray().Select(static tag => tag.GetProperty("Key").GetString()).ShouldBe(["centralops:caller", "centralops:tool"]);
    }

    [Fact]
    public async Task Nothing_that_is_printed_holds_a_secret()
    {
        var aws = new StubAws(call => StubAnswer.Session(call, _time.GetUtcNow().AddSeconds(900)));
        var grant = await new StubOrganization(aws, _time).Broker.ObtainAsync(Key, CancellationToken.None);
        $"{grant} {grant.Session}".ShouldNotContain("nobody-shows");
    }

    private static SessionKey KeyOf(string account) =>
        new(Id(account), "aws", "CentralOpsTargetRole", """{"Version":"2012-10-17"}""", Caller.Local, "describe_ec2_instances");

    private static Caller Named(string name) => new(name, CallerKind.LocalToken);

    /// <summary>Waits for work that goes on in the background, without sleeping; a deadlock ends it.</summary>
    private static async Task Eventually(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
