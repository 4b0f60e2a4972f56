using System.Buffers;
using System.Text;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Tests.Shaping;

public sealed class RowQueryTests
{
    private const string Rows = """[{"account_id":"111111111111","State":"running","Size":3},{"account_id":"222222222222","State":"stopped","Size":4}]""";

    [Theory]
    [InlineData("[?State=='running'].account_id", """["111111111111"]""")]
    [InlineData("sum([].Size)", "7")]
    [InlineData("nothing", "null")]
    [InlineData("`\"a\\u202eb\\u001b\"`", "\"ab\"")]
    public void A_query_is_answered_over_the_list_of_rows(string query, string answer) => Answer(Rows, query).ShouldBe(answer);

    [Theory]
    [InlineData("[?State=='running'", "At character 18")]
    [InlineData("summ([].Size)", "Did you mean sum")]
    [InlineData("[?a == b]]", "At character 9")]
    public void A_query_that_cannot_be_read_is_told_with_its_place(string query, string told)
    {
        var (read, problem) = Shaped.Reading(reader => RowQuery.Read("query", query, reader));
        read.ShouldBeNull();
        problem.ShouldNotBeNull().ShouldContain(told, Case.Insensitive);
        problem.ShouldStartWith("query is no JMESPath expression");
    }

    [Fact]
    public void A_query_that_does_not_fit_the_rows_is_a_refusal_and_writes_nothing() =>
        Answer(Rows, "sum([].State)").ShouldStartWith("refused: query cannot be answered over these rows: At character 0: sum takes an array of numbers");

    [Theory]
    [InlineData("map(&map(&map(&map(&@, @), @), @), [@, @, @, @])")]
    [InlineData("[].[@,@,@,@,@,@,@,@].[@,@,@,@,@,@,@,@][].[@,@,@,@,@,@,@,@][].[@,@,@,@,@,@,@,@][].[@,@,@,@,@,@,@,@][].[@,@,@,@,@,@,@,@][]")]
    [InlineData("map(&sort_by($ROWS, &name), @)")]
    public void A_hostile_query_is_stopped_soon(string query)
    {
        var rows = "[" + string.Join(',', Enumerable.Range(0, 1000).Select(static n => $$"""{"name":"{{n:D8}}","x":[{{n}},{{n}}]}""")) + "]";
        var clock = System.Diagnostics.Stopwatch.StartNew();
        _ = Answer(rows, query.Replace("$ROWS", "[" + string.Join(',', Enumerable.Range(0, 300).Select(static n => $"{{name:'{n}'}}")) + "]", StringComparison.Ordinal));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void An_answer_larger_than_the_budget_is_refused() =>
        Answer(Rows, "[[@,@,@,@],[@,@,@,@]]", maxBytes: 500).ShouldContain("The answer is longer than 500 bytes");

    [Theory]
    [InlineData("State=='running'", true)]
    [InlineData("Size > `3`", false)]
    [InlineData("missing", false)]
    [InlineData("State", true)]
    public void One_row_is_tested_as_JMESPath_has_truth(string query, bool expected)
    {
        var (read, _) = Shaped.Reading(reader => RowQuery.Read("where", query, reader));
        read.ShouldNotBeNull().Test(Shaped.Json(Rows)[0], out var isTrue, CancellationToken.None).ShouldBeNull();
        isTrue.ShouldBe(expected);
    }

    private static string Answer(string rows, string query, int maxBytes = 1 << 20)
    {
        var (read, problem) = Shaped.Reading(reader => RowQuery.Read("query", query, reader));
        problem.ShouldBeNull();
        var output = new ArrayBufferWriter<byte>();
        if (read!.Write(Shaped.Json(rows), maxBytes, output, CancellationToken.None) is { } refusal)
        {
            output.WrittenCount.ShouldBe(0);
            return "refused: " + RefusalWords.Of(refusal).Message;
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
