using System.Text;
using System.Text.Json;
using CentralOps.Tools.Shaping;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Tools.Tests.Shaping;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("""[{"a":"x","b":1},{"b":-2.5,"c":true}]""", "a,b,c\r\nx,1,\r\n,-2.5,true\r\n")]
    [InlineData("""[{"a":"say \"hi\", then\ngo"}]""", "a\r\n\"say \"\"hi\"\", then\ngo\"\r\n")]
    [InlineData("""[{"a":{"k":[1, "two"]}}]""", "a\r\n\"{\"\"k\"\":[1,\"\"two\"\"]}\"\r\n")]
    [InlineData("""[{"a":null,"b":""}]""", "a,b\r\n,\"\"\r\n")]
    [InlineData("[]", "value\r\n")]
    [InlineData("""["x",1]""", "value\r\nx\r\n1\r\n")]
    [InlineData("""[["x",1],["y"]]""", "1,2\r\nx,1\r\ny,\r\n")]
    [InlineData("""{"one":1}""", "one\r\n1\r\n")]
    [InlineData("42", "value\r\n42\r\n")]
    public void Rows_are_lines_of_cells(string value, string csv) => Shaped.As(RowFormat.Csv, value).ShouldBe(csv);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\\t=1", "'\t=1")]
    [InlineData("\\r=1", "\"'\r=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=1", "a=1")]
    public void What_a_spreadsheet_would_take_for_a_formula_is_none(string text, string cell) =>
        Shaped.As(RowFormat.Csv, $$"""[{"a":"{{text}}"}]""").ShouldBe($"a\r\n{cell}\r\n");

    [Fact]
    public void A_header_is_no_formula_either() => Shaped.As(RowFormat.Csv, """[{"=cmd()":1}]""").ShouldBe("'=cmd()\r\n1\r\n");

    [Fact]
    public void More_columns_than_anybody_reads_are_refused()
    {
        var wide = "[{" + string.Join(',', Enumerable.Range(0, 101).Select(static n => $"\"c{n}\":1")) + "}]";
        Grid.TryMake(Shaped.Json(wide), null, out _).ShouldBeFalse();
    }

    [Fact]
    public void Whatever_stands_in_cells_is_read_back_by_another_reader() =>
        Prop.ForAll(Texts.ArrayOf(3).ListOf().Resize(20).ToArbitrary(), static rows =>
        {
            var value = JsonSerializer.Serialize(rows.Select(static row => new Dictionary<string, string?> { ["a"] = row[0], ["b"] = row[1], ["c"] = row[2] }));
            var read = Rfc4180.Read(Shaped.As(RowFormat.Csv, value, ["a", "b", "c"]));
            read[0].ShouldBe(["a", "b", "c"]);
            read.Skip(1).Select(static row => string.Join('|', row)).ShouldBe(rows.Select(static row => string.Join('|', row.Select(Expected))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static readonly Gen<string> Texts = Gen.Elements("", "x", "=", "+", "-", "@", "\t", "\r", "\n", "\"", ",", " ", "é", "世", "😀", "'", "\r\n").ListOf().Resize(6).Select(static parts => string.Concat(parts));

    private static string Expected(string text) => text.Length > 0 && "=+-@\t\r\n".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    /// <summary>Reads by the grammar of the RFC's section 2, and by nothing of ours.</summary>
    private static class Rfc4180
    {
        public static List<List<string>> Read(string csv)
        {
            var rows = new List<List<string>>();
            var at = 0;
            while (at < csv.Length)
            {
                var row = new List<string>();
                rows.Add(row);
                do
                {
                    row.Add(csv[at] == '"' ? Quoted(csv, ref at) : Plain(csv, ref at));
                }
                while (csv[at++] == ',');
                csv[at - 1].ShouldBe('\r');
                csv[at++].ShouldBe('\n');
            }

            return rows;
        }

        private static string Plain(string csv, ref int at)
        {
            var start = at;
            while (csv[at] is not (',' or '\r'))
            {
                csv[at].ShouldNotBe('"');
                csv[at].ShouldNotBe('\n');
                at++;
            }

            return csv[start..at];
        }

        private static string Quoted(string csv, ref int at)
        {
            var text = new StringBuilder();
            for (at++; ; at++)
            {
                if (csv[at] != '"')
                {
                    text.Append(csv[at]);
                    continue;
                }

                if (csv[++at] != '"')
                {
                    return text.ToString();
                }

                text.Append('"');
            }
        }
    }
}
