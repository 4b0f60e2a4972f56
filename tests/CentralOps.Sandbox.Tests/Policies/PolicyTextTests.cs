using System.Collections.Frozen;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies;

/// <summary>Variables and wildcards in values.</summary>
public sealed class PolicyTextTests
{
    [Theory]
    [InlineData("home/${aws:SourceIdentity}/*", "home/alice/x", true)]
    [InlineData("home/${aws:SourceIdentity}/*", "home/bob/x", false)]
    [InlineData("${aws:PrincipalTag/team}", "o*s", true)]
    [InlineData("${aws:PrincipalTag/team}", "oops", false)]
    [InlineData("${AWS:principaltag/TEAM}", "o*s", true)]
    [InlineData("${aws:username}", "", false)]
    [InlineData("${aws:username, 'nobody'}", "nobody", true)]
    [InlineData("${aws:SourceIdentity, 'nobody'}", "nobody", false)]
    [InlineData("a${*}b", "a*b", true)]
    [InlineData("a${*}b", "axb", false)]
    [InlineData("a${?}b${$}", "a?b$", true)]
    public void A_variable_is_its_value_and_never_a_wildcard(string pattern, string text, bool expected)
    {
        PolicyText.TryParse(pattern, TextRules.Wildcards | TextRules.Variables, out var parsed, out _).ShouldBeTrue();

        parsed!.Matches(Question(), text, StringComparison.Ordinal).ShouldBe(expected);
    }

    [Theory]
    [InlineData("2012-10-17", true)]
    [InlineData("2008-10-17", false)]
    public void Only_the_newer_version_has_variables(string version, bool allowed)
    {
        var policy = $$"""{"Version":"{{version}}","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::home/${aws:SourceIdentity}"}]}""";
        var question = Question();

        PolicyReader.Read(policy, PolicyKind.Identity).Allows(question).ShouldBe(allowed);
        PolicyReader.Read(policy, PolicyKind.Identity).Allows(question with { Resource = "arn:aws:s3:::home/${aws:SourceIdentity}" }).ShouldBe(!allowed);
    }

    [Theory]
    [InlineData("arn:aws:iam::${aws:PrincipalAccount}:role/x", "arn:aws:iam::111111111111:role/x", true)]
    [InlineData("arn:aws:iam::${aws:PrincipalAccount}:role/x", "arn:aws:iam::222222222222:role/x", false)]
    [InlineData("arn:aws:logs:*:*:log-group:${aws:SourceIdentity}:*", "arn:aws:logs:us-east-1:1:log-group:alice:stream", true)]
    public void A_variables_own_colon_divides_no_arn(string pattern, string arn, bool expected)
    {
        ArnPattern.TryParse(pattern, TextRules.Wildcards | TextRules.Variables, out var parsed, out _).ShouldBeTrue();

        parsed!.Matches(Question(), arn).ShouldBe(expected);
    }

    private static AccessRequest Question() => Requests.Of("s3:GetObject", "arn:aws:s3:::home/alice", Requests.Session() with
    {
        SourceIdentity = "alice",
        Tags = new Dictionary<string, string> { ["team"] = "o*s" }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
    });
}
