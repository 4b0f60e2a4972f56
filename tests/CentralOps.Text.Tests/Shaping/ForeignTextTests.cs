using CentralOps.Text.Shaping;
using FsCheck.Fluent;

namespace CentralOps.Text.Tests.Shaping;

public sealed class ForeignTextTests
{
    [Theory]
    [InlineData("plain", 10, "plain")]
    [InlineData("two\r\nlines", 20, "two  lines")]
    [InlineData("\u001b[31mred", 20, "[31mred")]
    [InlineData("user\u202Egnp.exe", 20, "usergnp.exe")]
    [InlineData("12345", 5, "12345")]
    [InlineData("123456", 5, "12345…")]
    [InlineData("1234\ud83d\ude00", 5, "1234…")]
    [InlineData("👩\u200d💻", 9, "👩\u200d💻")]
    [InlineData("", 0, "")]
    [InlineData("a", 0, "…")]
    public void Text_is_brought_onto_one_bounded_line(string text, int most, string line) => ForeignText.Line(text, most).ShouldBe(line);

    [Fact]
    public void Half_a_character_is_replaced() => ForeignText.Line("x" + '\ud83d', 5).ShouldBe("x\ufffd");

    [Fact]
    public void No_text_gets_a_character_that_acts_through() =>
        Prop.ForAll(Gen.Choose(0, 0xFFFF).Select(unit => (char)unit).ArrayOf().ToArbitrary(), text =>
        {
            var line = ForeignText.Line(text, 20);
            return line.Length <= 21 && !line.Any(char.IsControl) && line.EnumerateRunes().All(rune => !ActingCharacter.Is(rune.Value)) && line.IsNormalized();
        }).Hold();
}
