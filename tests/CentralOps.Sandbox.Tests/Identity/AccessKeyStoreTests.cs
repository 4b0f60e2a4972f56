using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Policies;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.Identity;

public sealed class AccessKeyStoreTests
{
    private static readonly Principal Somebody = new IdentityDirectory(Estate.Default).Operator.ToPrincipal();

    [Fact]
    public void An_expired_session_stays_known_for_an_hour_and_is_then_forgotten()
    {
        var time = new ManualTime();
        var store = new AccessKeyStore(time);
        var session = store.IssueSession(Somebody, TimeSpan.FromMinutes(15));

        time.Advance(TimeSpan.FromMinutes(74));
        store.IssueSession(Somebody, TimeSpan.FromMinutes(15));
        store.TryFind(session.AccessKeyId, out var expired).ShouldBeTrue();
        expired!.Expiration!.Value.ShouldBeLessThan(time.GetUtcNow());

        time.Advance(TimeSpan.FromMinutes(2));
        store.IssueSession(Somebody, TimeSpan.FromMinutes(15));
        store.TryFind(session.AccessKeyId, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_full_store_lets_the_session_go_that_ends_first_and_keeps_the_operators_key()
    {
        var store = new AccessKeyStore(new ManualTime(), capacity: 10);
        var lasting = store.IssueLongLived(Somebody);
        var @long = store.IssueSession(Somebody, TimeSpan.FromHours(1));
        for (var i = 0; i < 50; i++)
        {
            store.IssueSession(Somebody, TimeSpan.FromMinutes(15));
        }

        store.Count.ShouldBe(11);
        store.TryFind(lasting.AccessKeyId, out _).ShouldBeTrue();
        store.TryFind(@long.AccessKeyId, out _).ShouldBeTrue();
    }

    [Fact]
    public void Keys_look_like_aws_keys_and_tell_their_id_only()
    {
        var session = new AccessKeyStore(TimeProvider.System).IssueSession(Somebody, TimeSpan.FromMinutes(15));

        session.AccessKeyId.ShouldMatch("^ASIA[A-Z2-7]{16}$");
        session.SecretAccessKey.Length.ShouldBe(40);
        session.SessionToken!.Length.ShouldBeGreaterThan(300);
        session.ToString().ShouldBe(session.AccessKeyId);
    }
}
