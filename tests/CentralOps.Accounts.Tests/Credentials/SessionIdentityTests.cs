using CentralOps.Accounts.Credentials;

namespace CentralOps.Accounts.Tests.Credentials;

public sealed class SessionIdentityTests
{
    [Theory]
    [InlineData("local")]
    [InlineData("jane.doe@example.com")]
    [InlineData("ab")]
    public void A_name_that_AWS_admits_stays_as_it_is(string caller) => SessionIdentity.Of(caller).ShouldBe(caller);

    [Fact]
    public void Every_name_becomes_one_that_AWS_admits()
    {
        foreach (var caller in Hard())
        {
            SessionIdentity.Of(caller).ShouldMatch("^[\\w+=,.@-]{2,64}$");
        }
    }

    [Fact]
    public void Different_names_stay_different_also_when_one_imitates_the_others_encoding()
    {
        var callers = Hard().ToList();
        callers.AddRange(callers.Select(SessionIdentity.Of).ToList());
        var distinct = callers.Distinct(StringComparer.Ordinal).ToList();
        distinct.Select(SessionIdentity.Of).Distinct(StringComparer.Ordinal).Count().ShouldBe(distinct.Count);
    }

    private static IEnumerable<string> Hard() =>
    [
        "", "a", "arn:aws:iam::111111111111:user/jane", "arn:aws:iam::111111111111-user-jane", "jane doe", "jane-doe", "jane/doe", "Jürgen", "\uD800", "\uD801", "\uFFFD",
        "aws:jane", "AWS:jane", new string('x', 64), new string('x', 65), new string('x', 66), "名前", "a\nb",
    ];
}
