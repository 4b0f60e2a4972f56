using System.Buffers.Text;
using System.Text;
using CentralOps.Access.Callers;
using CentralOps.Access.Sealing;

namespace CentralOps.Access.Tests.Sealing;

public sealed class SignedTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Caller Jane = new("jane", CallerKind.Jwt) { Issuer = "https://idp.example" };

    private readonly TokenKeys _keys = TokenKeys.New();

    [Theory]
    [InlineData("")]
    [InlineData("222222222222/us-east-1/eyJ2IjoiMiJ9")]
    public void What_was_signed_comes_back(string content) => Encoding.UTF8.GetString(Read(Write(content)).Content.Span).ShouldBe(content);

    [Fact]
    public void Every_single_damage_is_noticed()
    {
        var text = Write("content");
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var other in "AB_-z")
            {
                var damaged = text.ToCharArray();
                damaged[at] = other;
                if (other != text[at])
                {
                    Read(new string(damaged)).Problem.ShouldBeOneOf(SignedTextProblem.Malformed, SignedTextProblem.UnknownKey, SignedTextProblem.Tampered);
                }
            }
        }

        for (var length = 0; length < text.Length; length++)
        {
            Read(text[..length]).Problem.ShouldNotBe(SignedTextProblem.None);
        }

        Read(text + "A").Problem.ShouldNotBe(SignedTextProblem.None);
        Read(text + "=").Problem.ShouldBe(SignedTextProblem.Malformed);
        Read(" " + text).Problem.ShouldBe(SignedTextProblem.Malformed);
        Read(new string('A', SignedText.MaxLength + 1)).Problem.ShouldBe(SignedTextProblem.Malformed);
    }

    [Fact]
    public void A_text_of_one_purpose_is_not_taken_for_another() =>
        SignedText.Read(_keys, "account", Jane, Now, Write("content")).Problem.ShouldBe(SignedTextProblem.Tampered);

    [Fact]
    public void A_text_serves_until_its_end_and_no_longer()
    {
        var text = Write("content");
        SignedText.Read(_keys, "test", Jane, Now.AddSeconds(3599), text).Problem.ShouldBe(SignedTextProblem.None);
        SignedText.Read(_keys, "test", Jane, Now.AddSeconds(3600), text).Problem.ShouldBe(SignedTextProblem.Expired);
    }

    [Fact]
    public void A_text_serves_whom_it_was_given_to_and_nobody_else()
    {
        Caller[] others =
        [
            Caller.Local,
            new("jane", CallerKind.Jwt),
            new("jane", CallerKind.Jwt) { Issuer = "https://other.example" },
            new("jane", CallerKind.Iam) { Issuer = "https://idp.example" },
            new("jane:20:https://idp.example", CallerKind.Jwt),
        ];
        foreach (var other in others)
        {
            SignedText.Read(_keys, "test", other, Now, Write("content")).Problem.ShouldBe(SignedTextProblem.OtherCaller);
        }

        SignedText.Read(_keys, "test", Jane with { Groups = ["ops"], ClientId = "other" }, Now, Write("content")).Problem.ShouldBe(SignedTextProblem.None, "what he may do is not who he is");
    }

    [Fact]
    public void Keys_are_changed_without_anybody_noticing()
    {
        var (old, @new) = (TokenKeys.New().Export(), TokenKeys.New().Export());
        TokenKeys.TryParse(old, out var before).ShouldBeTrue();
        TokenKeys.TryParse($"{@new}, {old}", out var during).ShouldBeTrue();
        TokenKeys.TryParse(@new, out var after).ShouldBeTrue();
        var given = SignedText.Write(before, "test", Jane, Now.AddHours(1), "a"u8);
        SignedText.Read(during, "test", Jane, Now, given).Problem.ShouldBe(SignedTextProblem.None);
        SignedText.Read(after, "test", Jane, Now, given).Problem.ShouldBe(SignedTextProblem.UnknownKey);
        SignedText.Read(after, "test", Jane, Now, SignedText.Write(during, "test", Jane, Now.AddHours(1), "a"u8)).Problem.ShouldBe(SignedTextProblem.None, "the first key signs");
    }

    [Fact]
    public void A_content_that_does_not_fit_is_refused_where_it_is_written() =>
        Should.Throw<ArgumentException>(() => Write(new string('x', SignedText.MaxLength)));

    [Fact]
    public void No_text_form_tells_a_key()
    {
        var secret = _keys.Export();
        _keys.ToString().ShouldNotContain(secret);
        Convert.ToHexString(Base64Url.DecodeFromChars(secret)).ShouldNotContain(_keys.ToString().Split(' ')[1].ToUpperInvariant());
    }

    private string Write(string content) => SignedText.Write(_keys, "test", Jane, Now.AddHours(1), Encoding.UTF8.GetBytes(content));

    private SignedTextRead Read(string text) => SignedText.Read(_keys, "test", Jane, Now, text);
}
