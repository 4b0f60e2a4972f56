namespace CentralOps.Laws.Tests;

public sealed class SharedRuleTests
{
    [Fact]
    public void Aws_and_text_agree_on_every_character_that_acts()
    {
        var apart = Enumerable.Range(0, 0x110000)
            .Where(point => Aws.Wire.ActingCharacter.Is(point) != Text.Shaping.ActingCharacter.Is(point) || Aws.Wire.ActingCharacter.Separates(point) != Text.Shaping.ActingCharacter.Separates(point));
        apart.ShouldBeEmpty();
    }
}
