using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Tests.Answers;

public sealed class NextTokenTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("eyJ2IjoiMiJ9", 999)]
    [InlineData("ünïcode/+=", int.MaxValue)]
    public void A_token_comes_back_as_it_was(string page, int offset)
    {
        var token = new NextToken(NextToken.HashOf("a"), page, offset);
        NextToken.TryRead(token.Write(), out var read).ShouldBeTrue();
        read.ShouldBe(token);
    }

    [Fact]
    public void Every_single_damage_is_noticed()
    {
        var text = new NextToken(NextToken.HashOf("a"), "page", 7).Write();
        for (var at = 0; at < text.Length; at++)
        {
            var damaged = text.ToCharArray();
            damaged[at] = damaged[at] == 'A' ? 'B' : 'A';
            (NextToken.TryRead(new string(damaged), out var read) && read != new NextToken(NextToken.HashOf("a"), "page", 7)).ShouldBeFalse();
        }

        NextToken.TryRead(text[..^1], out _).ShouldBeFalse();
        NextToken.TryRead("", out _).ShouldBeFalse();
        NextToken.TryRead(new string('A', NextToken.MaxLength + 1), out _).ShouldBeFalse();
    }

    [Fact]
    public void Parts_of_a_query_cannot_be_shifted_into_each_other() => NextToken.HashOf("ab", "c").ShouldNotBe(NextToken.HashOf("a", "bc"));
}
