using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Tests.Terminal;

public sealed class TableTests
{
    private static readonly Column[] Columns = [new("ID", 0, Whole: true), new("NAME", 1), new("TAGS", 2)];

    [Fact]
    public void On_a_terminal_columns_drop_by_priority_ids_stay_whole_and_a_line_says_which()
    {
        var (data, words, screen) = Fake.Screen(width: 34);
        Write(screen);
        data.ToString().ShouldContain("i-0123456789abcdef0");
        data.ToString().ShouldNotContain("TAGS");
        data.ToString().Split('\n').ShouldAllBe(line => line.Length <= 34);
        words.ToString().ShouldContain("TAGS");
    }

    [Fact]
    public void On_a_terminal_long_text_is_shortened_before_a_column_drops()
    {
        var (data, words, screen) = Fake.Screen(width: 60);
        Write(screen);
        data.ToString().ShouldContain("…");
        data.ToString().ShouldContain("TAGS");
        words.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void A_time_is_whole_or_not_there()
    {
        var (data, words, screen) = Fake.Screen(width: 48);
        var table = new Table([new("ID", 0, Whole: true), new("LAUNCH TIME", 1), new("TAGS", 2)]);
        table.Add("i-0123456789abcdef0", "2024-12-18T08:17:03Z", new string('x', 300));
        table.Write(screen);
        data.ToString().ShouldContain("2024-12-18T08:17:03Z");
        words.ToString().ShouldContain("TAGS");
    }

    [Fact]
    public void Words_on_a_terminal_break_between_words_and_a_command_is_left_whole()
    {
        var words = new StringWriter();
        var screen = new Screen(new StringWriter(), words, dataIsTerminal: true, wordsAreTerminal: true, width: 20, colour: false);
        screen.Say("Not shown for lack of width: LAUNCH TIME");
        screen.Say("  ✓ indented words stay so");
        screen.SayUnbroken("aws account enable-region --account-id 222222222222");
        words.ToString().ShouldBe("Not shown for lack\nof width: LAUNCH\nTIME\n  ✓ indented words\n  stay so\naws account enable-region --account-id 222222222222\n");
    }

    [Fact]
    public void Piped_nothing_is_cut_wrapped_or_dropped()
    {
        var (data, words, screen) = Fake.Screen(width: null);
        Write(screen);
        data.ToString().ShouldContain(new string('x', 300));
        data.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        words.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void Control_and_bidirectional_characters_are_gone_before_anything_is_printed()
    {
        var (data, _, screen) = Fake.Screen(width: null);
        var table = new Table([new("NAME")]);
        table.Add("a\u001b[31mred\u202eevil\u0007\nnext\u200b");
        table.Write(screen);
        data.ToString().ShouldContain("a[31mredevil next");
        data.ToString().ShouldNotContain('\u001b');
    }

    [Fact]
    public void Hidden_characters_are_escaped_in_json_and_joiners_stay()
    {
        PlainText.Json("{\"a\": \"\u202e\U000E0041\"}").ShouldBe("{\"a\": \"\\u202E\\uDB40\\uDC41\"}");
        PlainText.Line("👩\u200d💻 می\u200cخواهم").ShouldBe("👩\u200d💻 می\u200cخواهم");
    }

    [Fact]
    public void Wide_and_paired_characters_are_measured_in_cells_and_never_cut_in_half()
    {
        var (data, _, screen) = Fake.Screen(width: 20);
        var table = new Table([new("NAME")]);
        table.Add(string.Concat(Enumerable.Repeat("日本🚀", 10)));
        table.Write(screen);
        data.ToString().ShouldNotContain('\ufffd');
        data.ToString().Split('\n').ShouldAllBe(line => line.Length <= 20);
    }

    private static void Write(Screen screen)
    {
        var table = new Table(Columns);
        table.Add("i-0123456789abcdef0", "web-server-of-the-shop", new string('x', 300));
        table.Write(screen);
    }
}
