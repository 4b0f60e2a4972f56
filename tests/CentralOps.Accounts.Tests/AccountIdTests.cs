namespace CentralOps.Accounts.Tests;

public sealed class AccountIdTests
{
    [Theory]
    [InlineData("222222222222")]
    [InlineData("000000000001")]
    public void Twelve_digits_are_an_account_id(string text)
    {
        AccountId.TryParse(text, out var id).ShouldBeTrue();
        id.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("22222222222")]
    [InlineData("2222222222222")]
    [InlineData("22222222222a")]
    [InlineData("２２２２２２２２２２２２")]
    [InlineData(" 22222222222")]
    public void Nothing_else_is(string? text) => AccountId.TryParse(text, out _).ShouldBeFalse();
}
