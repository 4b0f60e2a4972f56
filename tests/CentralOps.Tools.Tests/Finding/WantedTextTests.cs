using CentralOps.Tools.Finding;

namespace CentralOps.Tools.Tests.Finding;

public sealed class WantedTextTests
{
    [Theory]
    [InlineData("10.0.12.7", "Address 10.0.12.7")]
    [InlineData(" 54.1.2.3 ", "Address 54.1.2.3")]
    [InlineData("2600:1f18::AB", "Address 2600:1f18::ab")]
    [InlineData("::ffff:10.0.0.1", "Address 10.0.0.1")]
    [InlineData("222222222222", "OfAccount 222222222222")]
    [InlineData("i-0123456789abcdef0", "Id i-0123456789abcdef0 i")]
    [InlineData("SG-01234567", "Id sg-01234567 sg")]
    [InlineData("tgw-attach-0123456789abcdef0", "Id tgw-attach-0123456789abcdef0 tgw-attach")]
    [InlineData("prod-deadbeef", "Named prod-deadbeef")]
    [InlineData("i-xyz", "Named i-xyz")]
    [InlineData("prod-api-auth", "Named prod-api-auth")]
    [InlineData("10.0.0", "Named 10.0.0")]
    [InlineData("127.1", "Named 127.1")]
    [InlineData("orders.cx1.us-east-1.rds.amazonaws.com.", "Host orders.cx1.us-east-1.rds.amazonaws.com")]
    [InlineData("arn:aws:s3:::bucket/key", "Arn s3   bucket/key")]
    [InlineData("arn:aws:ec2:us-east-1:222222222222:instance/i-1", "Arn ec2 us-east-1 222222222222 instance i-1")]
    [InlineData("arn:aws:rds:eu-west-1:222222222222:db:orders", "Arn rds eu-west-1 222222222222 db orders")]
    [InlineData("arn:aws:iam::aws:policy/ReadOnlyAccess", "Arn iam   policy ReadOnlyAccess")]
    [InlineData("arn:aws:lambda:us-east-1:222222222222:function:f:1", "Arn lambda us-east-1 222222222222 function f:1")]
    public void The_text_itself_tells_what_it_is(string text, string read)
    {
        WantedText.TryRead(text, out var wanted, out _).ShouldBeTrue();
        Told(wanted).ShouldBe(read);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("   ", "is empty")]
    [InlineData("two words", "holds what stands in no id")]
    [InlineData("all*", "holds what stands in no id")]
    [InlineData("arn:aws:ec2:us-east-1:22:instance/i-1", "is none")]
    [InlineData("arn:aws:ec2:mars:222222222222:instance/i-1", "is none")]
    [InlineData("arn:aws", "is none")]
    public void What_can_be_nothing_is_refused_with_what_can(string text, string problem)
    {
        WantedText.TryRead(text, out var wanted, out var wrong).ShouldBeFalse();
        wanted.ShouldBeNull();
        wrong.Problem.ShouldContain(problem);
        wrong.Repair.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_text_without_end_is_refused() => WantedText.TryRead(new string('a', 100_000), out _, out _).ShouldBeFalse();

    private static string Told(Wanted wanted) => wanted switch
    {
        Wanted.Address address => $"Address {address.Of}",
        Wanted.OfAccount account => $"OfAccount {account.Account}",
        Wanted.Id id => $"Id {id.Text} {id.Prefix}",
        Wanted.Named named => $"Named {named.Name}",
        Wanted.Host host => $"Host {host.Name}",
        Wanted.Arn { Of: var arn } => $"Arn {arn.Service} {arn.Region} {arn.Account} {(arn.Type.Length > 0 ? arn.Type + " " : "")}{arn.Name}",
        _ => "?",
    };
}
