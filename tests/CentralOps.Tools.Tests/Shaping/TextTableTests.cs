using System.Text.Json;
using CentralOps.Tools.Shaping;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Tools.Tests.Shaping;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_cells_and_numbers_stand_to_the_right() =>
        Shaped.As(RowFormat.Table, """[{"Id":"i-1","Size":3,"On":true},{"Id":"i-22","Size":1024,"On":null}]""").ShouldBe(
            """
            Id    Size  On  
            ----  ----  ----
            i-1      3  true
            i-22  1024      

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void Wide_and_combining_characters_take_the_room_that_they_take() =>
        Shaped.As(RowFormat.Table, """[{"a":"世界","b":"x"},{"a":"e\u0301","b":"y"},{"a":"😀","b":"z"}]""").ShouldBe(
            "a     b\n----  -\n世界  x\ne\u0301     y\n😀    z\n");

    [Fact]
    public void A_long_cell_is_cut_and_a_line_stays_a_line()
    {
        var lines = Shaped.As(RowFormat.Table, $$"""[{"a":"{{new string('x', 500)}}","b":"two\nlines\tand a tab"}]""").TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(3);
        lines[2].ShouldBe(new string('x', TextTable.MaxCellWidth - 1) + "…  two lines and a tab");
    }

    [Fact]
    public void A_cell_of_characters_without_width_is_bounded() =>
        Shaped.As(RowFormat.Table, $$"""[{"a":"{{string.Concat(Enumerable.Repeat("\u0301", 100_000))}}"}]""").Length.ShouldBeLessThan(1000);

    [Fact]
    public void Columns_narrow_until_the_table_fits_its_budget()
    {
        var rows = "[" + string.Join(',', Enumerable.Range(0, 100).Select(static n => $$"""{"a":"{{(n == 7 ? new string('y', 60) : "y")}}","b":{{n}}}""")) + "]";
        Shaped.As(RowFormat.Table, rows).Length.ShouldBeGreaterThan(6000);
        Shaped.As(RowFormat.Table, rows, maxBytes: 2000).Length.ShouldBeLessThanOrEqualTo(2000);
    }

    [Fact]
    public void Without_rows_there_is_a_head() => Shaped.As(RowFormat.Table, "[]", ["Id", "State"]).ShouldBe("Id  State\n--  -----\n");

    [Fact]
    public void All_lines_of_any_table_are_equally_wide() =>
        Prop.ForAll(Cells.ArrayOf(3).ListOf().Resize(20).ToArbitrary(), static rows =>
        {
            var value = JsonSerializer.Serialize(rows.Select(static row => new Dictionary<string, string> { ["a"] = row[0], ["b"] = row[1], ["世"] = row[2] }));
            var lines = Shaped.As(RowFormat.Table, value, ["a", "b", "世"], maxBytes: 700).TrimEnd('\n').Split('\n');
            lines.Length.ShouldBe(rows.Count + 2);
            lines.Select(WidthOf).Distinct().Count().ShouldBe(1, string.Join('\n', lines));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static readonly Gen<string> Cells = Gen.Elements("x", "abc", " ", "\n", "世", "界", "e\u0301", "\u200d", "\u0007", "\u202e", "ー", "한").ListOf().Resize(60).Select(static parts => string.Concat(parts));

    /// <summary>Of the few characters that these tests use.</summary>
    private static int WidthOf(string line) => line.Sum(static character => character switch
    {
        '\u0301' or '\u200d' => 0,
        '世' or '界' or 'ー' or '한' => 2,
        _ => 1,
    });
}
