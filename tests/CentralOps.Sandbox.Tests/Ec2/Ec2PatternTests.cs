using CentralOps.Sandbox.Ec2;

namespace CentralOps.Sandbox.Tests.Ec2;

public sealed class Ec2PatternTests
{
    [Theory]
    [InlineData("web", "web", true)]
    [InlineData("web", "Web", false)]
    [InlineData("prod-*", "prod-web-01", true)]
    [InlineData("*web*", "prod-web-01", true)]
    [InlineData("web?", "web1", true)]
    [InlineData("web?", "web", true)]
    [InlineData("web?", "web12", false)]
    [InlineData("\\*web", "*web", true)]
    [InlineData("\\*web", "xweb", false)]
    [InlineData("what\\?", "what?", true)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "x", false)]
    public void Filter_values_match_as_ec2_documents_it(string pattern, string text, bool expected) =>
        new Ec2Pattern(pattern).Matches(text).ShouldBe(expected);
}
