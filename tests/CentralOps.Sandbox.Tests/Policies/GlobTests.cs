using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies;

public sealed class GlobTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("ec2:Describe*", "ec2:DescribeInstances", true)]
    [InlineData("ec2:Describe*", "ec2:Describe", true)]
    [InlineData("ec2:Describe*", "ec2:RunInstances", false)]
    [InlineData("ec2:*Instances", "ec2:DescribeInstances", true)]
    [InlineData("ec2:*Instances", "ec2:DescribeInstancesX", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("a*b*c", "aXbXbc", true)]
    [InlineData("a*b*c", "aXcXb", false)]
    [InlineData("plain", "plain", true)]
    [InlineData("plain", "plainer", false)]
    public void Stars_match_any_run_and_question_marks_exactly_one(string pattern, string text, bool expected) =>
        new Glob(pattern).Matches(text, StringComparison.Ordinal).ShouldBe(expected);

    [Fact]
    public void A_pattern_made_to_backtrack_is_answered_at_once()
    {
        var glob = new Glob(string.Concat(Enumerable.Repeat("a*", 40)) + "b");

        glob.Matches(new string('a', 5000), StringComparison.Ordinal).ShouldBeFalse();
    }

    [Theory]
    [InlineData("arn:aws:iam::*:role/CentralOpsTargetRole", "arn:aws:iam::222222222222:role/CentralOpsTargetRole", true)]
    [InlineData("arn:aws:iam::*:role/CentralOpsTargetRole", "arn:aws:iam::222222222222:role/CentralOpsTargetRole2", false)]
    [InlineData("arn:aws:lambda:*:111111111111:function:central-ops-*", "arn:aws:lambda:us-east-1:111111111111:function:central-ops-ec2", true)]
    [InlineData("arn:aws:*:function:x", "arn:aws:lambda:us-east-1:111111111111:function:x", false)]
    [InlineData("*", "*", true)]
    public void A_wildcard_in_an_arn_stays_inside_its_part(string pattern, string arn, bool expected)
    {
        if (!ArnPattern.TryParse(pattern, TextRules.Wildcards, out var parsed, out _))
        {
            expected.ShouldBeFalse();
            return;
        }

        parsed.Matches(Requests.Of("*"), arn).ShouldBe(expected);
    }
}
