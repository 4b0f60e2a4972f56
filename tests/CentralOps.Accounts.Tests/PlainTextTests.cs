namespace CentralOps.Accounts.Tests;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("prod\u202Etxt.exe", "prodtxt.exe")]
    [InlineData("a\u001b[31mred", "a[31mred")]
    [InlineData("a\u0085b\u2028c", "abc")]
    [InlineData("\uFEFFname", "name")]
    [InlineData("tag\U000E0041s", "tags")]
    [InlineData("zero\u200Bwidth\u2060\u00AD", "zerowidth")]
    [InlineData("smuggled\U000E0100\U000E01EF", "smuggled")]
    [InlineData("\u001b]0;title\u0007 \u009B2J", "]0;title 2J")]
    [InlineData("👩‍💻 ✔️ می‌خواهم", "👩‍💻 ✔️ می‌خواهم")]
    [InlineData("two\nlines\tand tab", "two\nlines\tand tab")]
    [InlineData("Grüße 👋", "Grüße 👋")]
    public void Data_loses_what_acts_and_nothing_else(string text, string expected) => PlainText.Data(text).ShouldBe(expected);

    [Fact]
    public void A_line_is_one_line_and_bounded()
    {
        PlainText.Line("one\ntwo\u2028three\u0085four\rfive").ShouldBe("one two three four five");
        PlainText.Line(new string('x', 1000), 40).Length.ShouldBe(40);
        PlainText.Line("👋👋👋👋", 6).ShouldBe("👋👋…");
    }

    [Fact]
    public void Clean_text_is_not_copied()
    {
        const string Text = "nothing to do";
        PlainText.Data(Text).ShouldBeSameAs(Text);
    }
}
