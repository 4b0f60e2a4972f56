using CentralOps.Access.Callers;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Quotas;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Accounts.Tests.Credentials;

public sealed class SessionIdentityTests
{
    private static readonly string[] Hard =
    [
        "", "a", "arn:aws:iam::111111111111:user/jane", "arn:aws:iam::111111111111-user-jane", "jane doe", "jane-doe", "jane/doe", "Jürgen", "\uD800", "\uD801", "\uFFFD",
        "aws:jane", "AWS:jane", new string('x', 64), new string('x', 65), new string('x', 66), "名前", "a\nb", "local", "anonymous", "unidentified", "centralops-directory",
    ];

    [Theory]
    [InlineData("jane.doe@example.com")]
    [InlineData("ab")]
    public void A_local_persons_name_that_AWS_admits_stays_as_it_is(string name) => SessionIdentity.Of(new Caller(name, CallerKind.LocalToken)).ShouldBe(name);

    [Fact]
    public void Names_of_our_own_stay_as_they_are_and_are_nobody_elses()
    {
        SessionIdentity.Of(Caller.Local).ShouldBe("local");
        SessionIdentity.Of(Caller.Anonymous).ShouldBe("anonymous");
        foreach (var name in new[] { "local", "anonymous", "unidentified", "centralops-directory" })
        {
            SessionIdentity.Of(new Caller(name, CallerKind.LocalToken)).ShouldStartWith(name + "=");
            SessionIdentity.Of(new Caller(name, CallerKind.Jwt) { Issuer = "https://a" }).ShouldStartWith(name + "=");
        }
    }

    [Fact]
    public void One_subject_of_two_providers_is_two_names_that_people_still_read()
    {
        var one = SessionIdentity.Of(new Caller("jane.doe@example.com", CallerKind.Jwt) { Issuer = "https://a" });
        var other = SessionIdentity.Of(new Caller("jane.doe@example.com", CallerKind.Jwt) { Issuer = "https://b" });
        one.ShouldMatch("^jane\\.doe@example\\.com=[0-9a-f]{24}$");
        other.ShouldStartWith("jane.doe@example.com=");
        other.ShouldNotBe(one);
    }

    [Fact]
    public void Two_callers_share_a_name_a_session_and_a_line_only_if_they_are_one() => Prop.ForAll(
        (from one in Callers
         from other in Gen.Frequency((3, Callers), (1, Gen.Constant(one with { Groups = ["other"], Scopes = ["more"], ClientId = "another" })))
         select (one, other)).ToArbitrary(),
        given =>
        {
            var (one, other) = given;
            var same = one.Equals(other);
            SessionIdentity.Of(one).ShouldMatch("^[\\w+=,.@-]{2,64}$");
            SessionIdentity.Of(one).ShouldAllBe(static c => c < 128);
            (SessionIdentity.Of(one) == SessionIdentity.Of(other)).ShouldBe(same);
            (CallerKey.Of(one) == CallerKey.Of(other)).ShouldBe(same);
            (KeyOf(one) == KeyOf(other)).ShouldBe(same);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Nobody_gets_anothers_name_by_imitating_how_it_is_written()
    {
        var callers = Kinds.SelectMany(static kind => Hard.SelectMany(name => Of(kind, name))).ToList();
        for (var round = 0; round < 2; round++)
        {
            callers.AddRange(callers.SelectMany(static caller => Kinds.SelectMany(kind => Of(kind, SessionIdentity.Of(caller)))).Distinct().ToList());
        }

        var distinct = callers.Distinct().ToList();
        distinct.Select(SessionIdentity.Of).Distinct(StringComparer.Ordinal).Count().ShouldBe(distinct.Count);
    }

    private static readonly CallerKind[] Kinds = [CallerKind.Iam, CallerKind.LocalToken, CallerKind.Jwt];

    private static Gen<Caller> Callers { get; } =
        from kind in Gen.Elements(Kinds)
        from name in Gen.Frequency((2, Gen.Elements(Hard)), (1, ArbMap.Default.GeneratorFor<NonNull<string>>().Select(static text => text.Get)))
        from caller in Gen.Elements(Of(kind, name).ToArray())
        select caller;

    private static IEnumerable<Caller> Of(CallerKind kind, string name) => kind == CallerKind.Jwt
        ? [new Caller(name, kind) { Issuer = "https://a" }, new Caller(name, kind) { Issuer = "https://a\n" }, new Caller(name, kind) { Issuer = "" }, new Caller("a" + name, kind) { Issuer = "https://" }]
        : [new Caller(name, kind)];

    private static SessionKey KeyOf(Caller caller) => new(default, "aws", "role", "{}", caller, "tool");
}
