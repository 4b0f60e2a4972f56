using System.Collections.Frozen;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies;

/// <summary>Operators beyond those for single texts, each with a hit, a miss and an absent key where that differs.</summary>
public sealed class ConditionTests
{
    [Theory]
    [InlineData("IpAddress", "aws:SourceIp", "\"10.0.0.0/8\"", true)]
    [InlineData("IpAddress", "aws:SourceIp", "[\"192.0.2.0/24\",\"10.1.2.3\"]", true)]
    [InlineData("NotIpAddress", "aws:SourceIp", "\"10.0.0.0/8\"", false)]
    [InlineData("NotIpAddress", "aws:SourceIp", "\"2001:db8::/32\"", true)]
    [InlineData("NumericLessThanEquals", "s3:max-keys", "100", true)]
    [InlineData("NumericLessThan", "s3:max-keys", "\"100\"", false)]
    [InlineData("NumericEquals", "aws:userid", "\"1\"", false)]
    [InlineData("NumericNotEquals", "s3:max-keys", "\"100.0\"", false)]
    [InlineData("DateGreaterThan", "aws:CurrentTime", "\"2026-11-01T12:00:00Z\"", true)]
    [InlineData("DateLessThan", "aws:CurrentTime", "\"2026-11-01T14:00:00+02:00\"", false)]
    [InlineData("DateGreaterThan", "aws:EpochTime", "\"2026-11-01\"", true)]
    [InlineData("DateLessThan", "aws:TokenIssueTime", "\"1893456000\"", true)]
    [InlineData("BinaryEquals", "aws:UserAgent", "\"YWdlbnQ=\"", true)]
    [InlineData("Null", "aws:username", "true", true)]
    [InlineData("Null", "aws:userid", "true", false)]
    [InlineData("Null", "aws:TagKeys", "\"false\"", true)]
    [InlineData("ForAllValues:StringEquals", "aws:TagKeys", "[\"team\",\"cost\",\"more\"]", true)]
    [InlineData("ForAllValues:StringEquals", "aws:TagKeys", "\"team\"", false)]
    [InlineData("ForAnyValue:StringEquals", "aws:TagKeys", "\"team\"", true)]
    [InlineData("ForAnyValue:StringNotEquals", "aws:TagKeys", "\"team\"", true)]
    [InlineData("ForAllValues:StringNotEquals", "aws:TagKeys", "\"team\"", false)]
    [InlineData("ForAllValues:StringEquals", "sts:TransitiveTagKeys", "\"x\"", true)]
    [InlineData("ForAnyValue:StringEquals", "sts:TransitiveTagKeys", "\"x\"", false)]
    [InlineData("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "\"o-test/r-1/*\"", true)]
    [InlineData("StringEquals", "aws:TagKeys", "\"team\"", false)]
    [InlineData("StringNotEquals", "aws:TagKeys", "\"x\"", false)]
    [InlineData("StringNotEquals", "aws:userid", "\"${aws:username}\"", true)]
    [InlineData("StringEqualsIfExists", "aws:SourceVpce", "\"vpce-1\"", true)]
    [InlineData("ArnLike", "aws:PrincipalArn", "\"arn:aws:iam::*:role/Re?der\"", true)]
    [InlineData("ArnNotLike", "aws:PrincipalArn", "\"arn:aws:iam::*:role/Re?der\"", false)]
    public void An_operator_holds_as_aws_has_it(string op, string key, string values, bool expected)
    {
        var policy = PolicyReader.Read($$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"{{{op}}}":{"{{{key}}}":{{{values}}}} }}]}""", PolicyKind.Identity);

        policy.Allows(Requests.Of("s3:ListBucket", "arn:aws:s3:::reports") with
        {
            OrganizationPath = "o-test/r-1/ou-1/",
            UserAgent = "YWdlbnQ=",
            RequestTags = new Dictionary<string, string> { ["team"] = "ops", ["cost"] = "1" }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
            ServiceKeys = new Dictionary<string, string> { ["s3:max-keys"] = "100" }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        }).ShouldBe(expected);
    }

    [Fact]
    public void Every_key_that_is_known_can_be_asked_of_any_question()
    {
        foreach (var name in ConditionKey.Names)
        {
            ConditionKey.TryParse(name.ToUpperInvariant(), out var key).ShouldBeTrue(name);
            key.ValuesIn(Requests.Of("s3:GetObject"))?.ShouldNotBeEmpty(name);
        }
    }
}
