using System.Globalization;
using System.Text.Json;
using CentralOps.Tools.Aggregation;
using CentralOps.Tools.Shaping;
using CentralOps.Tools.Tests.Shaping;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Tools.Tests.Aggregation;

public sealed class AggregateTests
{
    private static readonly string[] Known = ["account_id", "ou", "account_tags", "Type", "Size", "State", "Tags", "At"];

    private const string Rows = """
        [{"account_id":"1","ou":"Prod","Type":"t3.micro","Size":1.10,"State":"running","Tags":{"env":"prod"},"At":"2026-01-01"},
         {"account_id":"1","ou":"Prod","Type":"t3.micro","Size":2.2,"State":"running","Tags":{},"At":"2025-01-01"},
         {"account_id":"2","ou":"Dev","Type":"t3.micro","Size":null,"State":"stopped","Tags":{"env":"dev"},"At":"2026-05-01"},
         {"account_id":"2","ou":"Dev","Type":"m7g.large","Size":"big","State":"running","Tags":{"env":"dev"}}]
        """;

    [Theory]
    [InlineData("Type", "count", """[{"Type":"t3.micro","count":3},{"Type":"m7g.large","count":1}]""")]
    [InlineData("ou,Type", "count", """[{"ou":"Prod","Type":"t3.micro","count":2},{"ou":"Dev","Type":"m7g.large","count":1},{"ou":"Dev","Type":"t3.micro","count":1}]""")]
    [InlineData("tags.env", "count", """[{"tags.env":"dev","count":2},{"tags.env":"prod","count":1},{"tags.env":null,"count":1}]""")]
    [InlineData("", "count,sum(Size),avg(Size),min(Size),max(Size)", """[{"count":4,"sum(Size)":3.3,"avg(Size)":1.65,"min(Size)":1.10,"max(Size)":2.2}]""")]
    [InlineData("ou", "max(At),min(At),count(At)", """[{"ou":"Dev","max(At)":"2026-05-01","min(At)":"2026-05-01","count(At)":1},{"ou":"Prod","max(At)":"2026-01-01","min(At)":"2025-01-01","count(At)":2}]""")]
    [InlineData("ou", "count_distinct(Type),distinct(Type)", """[{"ou":"Dev","count_distinct(Type)":2,"distinct(Type)":["m7g.large","t3.micro"]},{"ou":"Prod","count_distinct(Type)":1,"distinct(Type)":["t3.micro"]}]""")]
    [InlineData("State", "count(Size)", """[{"State":"running","count(Size)":3},{"State":"stopped","count(Size)":0}]""")]
    public void Rows_are_grouped_and_measured(string groupBy, string measures, string groups) =>
        Of(Rows, groupBy, measures).Rows().GetRawText().ShouldBe(groups);

    [Theory]
    [InlineData("count asc", "m7g.large,t3.micro")]
    [InlineData("Type", "m7g.large,t3.micro")]
    [InlineData("Type desc", "t3.micro,m7g.large")]
    [InlineData("sum(Size) desc", "t3.micro,m7g.large")]
    public void Groups_are_ordered_by_what_was_asked(string order, string types) =>
        string.Join(',', Of(Rows, "Type", "count,sum(Size)", order: order).Rows().EnumerateArray().Select(static group => group.GetProperty("Type").GetString())).ShouldBe(types);

    [Fact]
    public void What_the_top_leaves_out_is_told_as_one()
    {
        var result = Of(Rows, "ou,Type", "count,sum(Size)", top: 1);
        result.Groups.Count.ShouldBe(1);
        result.GroupCount.ShouldBe(3);
        Other(result).ShouldBe("""{"group_count":2,"count":2,"sum(Size)":null}""");
    }

    [Fact]
    public void Beyond_the_most_groups_those_told_stay_exact_and_all_others_are_one()
    {
        var rows = "[" + string.Join(',', Enumerable.Range(0, 300).Select(static n => $$"""{"Type":"t{{n % 100}}","Size":1}""")) + "]";
        var result = Of(rows, "Type", "count,sum(Size)", maxGroups: 10, top: 1000);
        result.Groups.Select(static group => group.Tallies[0].ToString()).Count().ShouldBe(10);
        result.Rows().EnumerateArray().ShouldAllBe(static group => group.GetProperty("count").GetInt32() == 3);
        Other(result).ShouldBe("""{"group_count":0,"count":270,"sum(Size)":270}""");
        result.Notes().Single().ShouldStartWith("There are more than 10 groups.");
    }

    [Fact]
    public void Memory_is_bounded_by_bytes_too_and_the_answer_says_at_least()
    {
        var rows = "[" + string.Join(',', Enumerable.Range(0, 300).Select(static n => $$$"""{"Type":"x","Tags":{"env":"{{{new string('e', 100)}}}{{{n}}}"}}""")) + "]";
        var result = Of(rows, "Type", "count,count_distinct(Tags.env)", maxBytes: 5000);
        result.Rows()[0].GetProperty("count").GetInt32().ShouldBe(300);
        result.Rows()[0].GetProperty("count_distinct(Tags.env)").GetInt32().ShouldBeInRange(1, 299);
        result.Notes().Single().ShouldContain("at least");
    }

    [Fact]
    public void Values_of_another_type_are_told_and_not_summed()
    {
        Of(Rows, "", "sum(Size),max(Size)").Notes().ShouldBe(
        [
            "sum(Size): 1 values of another type (such as text among numbers) are not in it.",
            "max(Size): 1 values of another type (such as text among numbers) are not in it.",
        ]);
    }

    [Fact]
    public void A_sum_is_exact_or_null()
    {
        Of("""[{"Size":0.1},{"Size":0.2}]""", "", "sum(Size)").Rows()[0].GetProperty("sum(Size)").GetRawText().ShouldBe("0.3");
        Of("""[{"Size":9007199254740993},{"Size":1}]""", "", "sum(Size)").Rows()[0].GetProperty("sum(Size)").GetRawText().ShouldBe("9007199254740994");
        var beyond = Of("""[{"Size":79228162514264337593543950335},{"Size":1}]""", "", "sum(Size)");
        beyond.Rows()[0].GetProperty("sum(Size)").ValueKind.ShouldBe(JsonValueKind.Null);
        beyond.Notes().Single().ShouldContain("more than 28 digits");
        Of("""[{"Size":1e300}]""", "", "sum(Size)").Rows()[0].GetProperty("sum(Size)").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("State=='running'", 3)]
    [InlineData("State=='running' && Tags.env=='dev'", 1)]
    [InlineData("none", 0)]
    public void Only_rows_that_a_condition_means_are_counted(string where, int rows) => Of(Rows, "", "count", where).Rows()[0].GetProperty("count").GetInt32().ShouldBe(rows);

    [Fact]
    public void Rows_over_which_the_condition_cannot_be_judged_are_left_out_and_told()
    {
        var result = Of(Rows, "", "count", "contains(Tags.env, 'e')");
        result.Rows()[0].GetProperty("count").GetInt32().ShouldBe(2);
        result.Notes().Single().ShouldStartWith("where could not be judged over 1 rows, which are left out. At character 0: contains takes");
    }

    [Theory]
    [InlineData("total", "no measure")]
    [InlineData("sum", "no measure")]
    [InlineData("sum(Sise)", "Did you mean Size?")]
    [InlineData("sum()", "is empty")]
    public void A_measure_that_there_is_not_is_told_with_those_that_there_are(string measure, string told)
    {
        var (read, problem) = Shaped.Reading(reader => Measure.Read("measures", measure, Known, reader));
        read.ShouldBeNull();
        problem.ShouldNotBeNull().ShouldContain(told);
    }

    [Fact]
    public void An_order_by_something_else_is_told()
    {
        var (_, problem) = Shaped.Reading(reader => GroupOrder.Read("order_by", "size desc", [], [new Measure("count", MeasureKind.Count, null)], reader));
        problem.ShouldNotBeNull().ShouldContain("Write one of count, with asc or desc");
    }

    [Fact]
    public void Whatever_the_rows_their_order_and_the_threads_the_figures_are_those_of_a_plain_count() =>
        Prop.ForAll(AnyRow.ListOf().Resize(200).ToArbitrary(), static rows =>
        {
            var aggregate = new Aggregate(Question("Type", "count,sum(Size),min(Size),count_distinct(State)", null, null, 1000));
            Parallel.ForEach(rows.Chunk(7), chunk => aggregate.Add(
                Shaped.Json("[" + string.Join(',', chunk.Select(static row => $$"""{"Type":{{row.Type}},"Size":{{row.Size}},"State":"{{row.State}}"}""")) + "]"), CancellationToken.None));
            var told = aggregate.Finish().Rows().EnumerateArray().Select(static group => group.GetRawText()).Order(StringComparer.Ordinal);
            var plain = rows.GroupBy(static row => row.Type).Select(static group => string.Create(CultureInfo.InvariantCulture,
                $$"""{"Type":{{group.Key}},"count":{{group.Count()}},"sum(Size)":{{group.Sum(static row => row.Size)}},"min(Size)":{{group.Min(static row => row.Size)}},"count_distinct(State)":{{group.Select(static row => row.State).Distinct().Count()}}}"""));
            told.ShouldBe(plain.Order(StringComparer.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static readonly Gen<(string Type, int Size, string State)> AnyRow =
        from type in Gen.Elements("\"a\"", "\"b\"", "null", "1", "[1,2]")
        from size in Gen.Choose(-5, 5)
        from state in Gen.Elements("x", "y", "z")
        select (type, size, state);

    private static AggregateResult Of(
        string rows, string groupBy, string measures, string? where = null, string? order = null, int top = 100, int maxGroups = Aggregate.MaxGroups, long maxBytes = Aggregate.MaxBytes)
    {
        var aggregate = new Aggregate(Question(groupBy, measures, where, order, top), maxGroups, maxBytes);
        aggregate.Add(Shaped.Json(rows), CancellationToken.None);
        return aggregate.Finish();
    }

    private static AggregateQuestion Question(string groupBy, string measures, string? where, string? order, int top)
    {
        var (question, problem) = Shaped.Reading(reader =>
        {
            var by = groupBy.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => (name, FieldSelection.Find("group_by", name, Known, reader)!)).ToList();
            var read = measures.Split(',').Select(measure => Measure.Read("measures", measure, Known, reader)!).ToList();
            return new AggregateQuestion(by, read, RowQuery.Read("where", where, reader), GroupOrder.Read("order_by", order, by, read, reader), top);
        });
        problem.ShouldBeNull();
        return question;
    }

    private static string Other(AggregateResult result)
    {
        var written = Shaped.Written(json =>
        {
            json.WriteStartObject();
            result.WriteOther(json);
            json.WriteEndObject();
        });
        return JsonDocument.Parse(written).RootElement.GetProperty("other").GetRawText();
    }
}
