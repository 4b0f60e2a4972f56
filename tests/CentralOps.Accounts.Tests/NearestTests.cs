namespace CentralOps.Accounts.Tests;

public sealed class NearestTests
{
    [Theory]
    [InlineData("Prodution", "Production")]
    [InlineData("production", "Production")]
    [InlineData("Stagign", "Staging")]
    public void A_typing_mistake_finds_the_name(string given, string expected) =>
        Nearest.To(given, ["Production", "Staging", "Development"])[0].ShouldBe(expected);

    [Fact]
    public void A_name_that_resembles_nothing_finds_nothing() => Nearest.To("zzzzzzzz", ["Production", "Staging"]).ShouldBeEmpty();

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("same", "SAME", 0)]
    public void Edits_are_counted_without_regard_to_case(string left, string right, int edits) => Nearest.Edits(left, right).ShouldBe(edits);
}
