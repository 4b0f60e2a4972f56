using CentralOps.Access.Callers;
using CentralOps.Access.Sealing;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Tests.Answers;

public sealed class NextTokenTests
{
    private static readonly Caller Jane = new("jane", CallerKind.Jwt) { Issuer = "https://idp.example" };

    private readonly ManualTime _time = new();
    private readonly TokenKeys _keys = TokenKeys.New();

    private NextTokens Tokens => new(_keys, Jane, _time);

    [Theory]
    [InlineData("", 0)]
    [InlineData("eyJ2IjoiMiJ9", 999)]
    [InlineData("ünïcode/+=", int.MaxValue)]
    public void A_token_comes_back_as_it_was(string page, int offset)
    {
        var token = new NextToken(NextToken.HashOf("a"), page, offset) { Taken = 3, Take = 500, Given = long.MaxValue };
        Continue(Tokens.Write(token)).Token.ShouldBe(token);
        token = token with { Fleet = new FleetMark("222222222222", "eu-west-1", 17, 1_900_000_000) };
        Continue(Tokens.Write(token)).Token.ShouldBe(token);
    }

    [Fact]
    public void The_longest_page_token_of_AWS_fits_in()
    {
        var token = new NextToken(NextToken.HashOf("a"), new string('x', NextToken.MaxPageToken), 1) { Fleet = new FleetMark("222222222222", "us-gov-west-1", int.MaxValue, long.MaxValue) };
        Continue(Tokens.Write(token)).Token.ShouldBe(token);
    }

    [Fact]
    public void Every_single_damage_is_noticed()
    {
        var text = Tokens.Write(new NextToken(NextToken.HashOf("a"), "page", 7));
        for (var at = 0; at < text.Length; at++)
        {
            var damaged = text.ToCharArray();
            damaged[at] = damaged[at] == 'A' ? 'B' : 'A';
            Continue(new string(damaged)).Token.ShouldBeNull();
        }

        Continue(text[..^1]).Token.ShouldBeNull();
        Continue(new string('A', SignedText.MaxLength + 1)).Token.ShouldBeNull();
    }

    [Fact]
    public void A_token_that_is_not_taken_says_why_and_what_to_do()
    {
        var text = Tokens.Write(new NextToken(NextToken.HashOf("a"), "page", 7));
        ProblemOf(Continue(text, "b")).ShouldContain("other arguments");
        ProblemOf(Continue("made up")).ShouldContain("is damaged, or not one that CentralOps gave");
        ProblemOf(Continue(text[..^2] + (text[^2] == 'A' ? 'B' : 'A') + text[^1])).ShouldContain("changed on its way");
        ProblemOf(Read(new NextTokens(_keys, Caller.Local, _time), text)).ShouldContain("given to another caller");
        ProblemOf(Read(new NextTokens(TokenKeys.New(), Jane, _time), text)).ShouldContain("with another key");
        _time.Advance(TimeSpan.FromMinutes(61));
        ProblemOf(Continue(text)).ShouldContain("has expired: it serves 60 minutes");
    }

    [Fact]
    public void A_signed_text_of_another_purpose_is_no_token() =>
        ProblemOf(Continue(SignedText.Write(_keys, "account", Jane, _time.GetUtcNow().AddHours(1), "222222222222"u8))).ShouldContain("changed on its way");

    [Fact]
    public void Parts_of_a_query_cannot_be_shifted_into_each_other() => NextToken.HashOf("ab", "c").ShouldNotBe(NextToken.HashOf("a", "bc"));

    private static string ProblemOf((NextToken? Token, Refusal? Refusal) read)
    {
        read.Token.ShouldBeNull();
        var words = RefusalWords.Of(read.Refusal.ShouldNotBeNull());
        words.StageName.ShouldBe("arguments");
        words.Remedy.ShouldContain("leave next_token out to start over");
        return words.Message;
    }

    private static (NextToken? Token, Refusal? Refusal) Read(NextTokens tokens, string text, string query = "a") =>
        tokens.TryContinue(text, NextToken.HashOf(query), out var token, out var refusal) ? (token, null) : (null, refusal);

    private (NextToken? Token, Refusal? Refusal) Continue(string text, string query = "a") => Read(Tokens, text, query);
}
