using CentralOps.Accounts.Refusals;

namespace CentralOps.Accounts.Tests.Refusals;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "''")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(id)", "'$(id)'")]
    public void A_word_is_quoted_where_a_shell_would_read_it_otherwise(string text, string quoted) => ShellWord.Of(text).ShouldBe(quoted);

    [Theory]
    [InlineData("x'; touch /tmp/broken-out; '")]
    [InlineData("`id`$(id)${IFS}")]
    [InlineData("a && b || c ; d | e > f < g & h")]
    [InlineData("*?[a]{b,c}~!#")]
    [InlineData("\\\"'\\'")]
    public void A_shell_reads_a_hostile_name_as_one_word(string name) => Shell.Words(ShellWord.Of(name)).ShouldBe([name]);
}
