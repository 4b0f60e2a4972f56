using System.Text;
using System.Text.Json;
using CentralOps.Text.JmesPath;
using FsCheck.Fluent;

namespace CentralOps.Text.Tests.JmesPath;

public sealed class JmesExpressionTests
{
    [Theory]
    [InlineData("foo[", JmesProblemKind.Syntax, 4, "At character 4: there should be a number, ':', '*', '?' or ']', and there is the end.")]
    [InlineData("a | ]", JmesProblemKind.Syntax, 4, "At character 4: there should be a name, a literal or a bracket, and there is ']'.")]
    [InlineData("foo = 'a'", JmesProblemKind.Syntax, 4, "At character 4: '=' compares nothing; write '=='.")]
    [InlineData("foo bar", JmesProblemKind.Syntax, 4, "At character 4: there should be the end of the expression, and there is 'bar'.")]
    [InlineData("a.b-c", JmesProblemKind.Syntax, 3, "At character 3: '-' begins a number, and no digit follows.")]
    [InlineData("[?a == `x`]", JmesProblemKind.Syntax, 7, "At character 7: what stands between backticks is no JSON; put a string into 'quotes'.")]
    [InlineData("'abc", JmesProblemKind.Syntax, 0, "At character 0: a raw string has no end; close it with '.")]
    [InlineData("a.len(b)", JmesProblemKind.UnknownFunction, 2, "At character 2: there is no function len. Did you mean length?")]
    [InlineData("sort_by(a)", JmesProblemKind.InvalidArity, 0, "At character 0: sort_by takes 2 arguments, not 1.")]
    [InlineData("a[::0]", JmesProblemKind.InvalidValue, 2, "At character 2: a slice's step must not be 0.")]
    [InlineData("a[99999999999]", JmesProblemKind.InvalidValue, 2, "At character 2: the number is larger than any index.")]
    [InlineData("a.\u202Eb", JmesProblemKind.Syntax, 2, "At character 2: '' means nothing here; put a name with it into \"quotes\".")]
    public void What_is_wrong_is_told_with_its_place_and_the_repair(string text, JmesProblemKind kind, int position, string message)
    {
        JmesExpression.TryParse(text, out _, out var problem).ShouldBeFalse();
        problem.ShouldBe(new JmesProblem(kind, message, position));
    }

    [Theory]
    [InlineData("sum(a)", """{"a":[1,"x"]}""", "At character 0: sum takes an array of numbers as argument 1, not an array with something else in it.")]
    [InlineData("a | length(@)", """{"a":7}""", "At character 4: length takes a string, an array or an object as argument 1, not a number.")]
    [InlineData("sort_by(a, name)", """{"a":[]}""", "At character 0: sort_by takes an expression, such as &name as argument 2, not null.")]
    [InlineData("&a", "{}", "At character 0: '&' stands before an argument of sort_by, max_by, min_by and map only.")]
    [InlineData("sum(a)", """{"a":[1e308,1e308]}""", "A sum or an average is larger than a JSON number can tell.")]
    [InlineData("a", """{"a":"\ud800"}""", "The data has a string with half of a surrogate pair in it.")]
    public void What_does_not_fit_the_data_is_told(string text, string data, string message) => Problem(text, data).Message.ShouldBe(message);

    [Theory]
    [InlineData("a[?n > `1`].n", """{"a":[{"n":1},{"n":2},{"n":3}]}""", "[2,3]")]
    [InlineData("sum(a[].n)", """{"a":[{"n":1.5},{"n":2}]}""", "3.5")]
    [InlineData("sum(a)", """{"a":[10000000000000000,1]}""", "10000000000000000")]
    [InlineData("a == b", """{"a":9007199254740993,"b":9007199254740992}""", "false")]
    [InlineData("a == b", """{"a":1.0,"b":1}""", "true")]
    [InlineData("a", """{"a":12345678901234567890.123456789}""", "12345678901234567890.123456789")]
    [InlineData("sort(a)", """{"a":["\ue000","\ud83d\ude00","z"]}""", "[\"z\",\"\\uE000\",\"\\uD83D\\uDE00\"]")]
    [InlineData("length(a)", """{"a":"\ud83d\ude00"}""", "1")]
    [InlineData("reverse(a)", """{"a":"a\ud83d\ude00"}""", "\"\\uD83D\\uDE00a\"")]
    [InlineData("sort_by(a, &n)[].i", """{"a":[{"n":2,"i":1},{"n":1,"i":2},{"n":2,"i":3},{"n":1,"i":4}]}""", "[2,4,1,3]")]
    [InlineData("to_string(@)", """{"a":[1,"x",null]}""", "\"{\\u0022a\\u0022:[1,\\u0022x\\u0022,null]}\"")]
    public void Answers_are_exact(string text, string data, string answer) => Answer(text, data).ShouldBe(answer);

    [Fact]
    public void Hostile_expressions_are_refused_and_break_nothing()
    {
        string[] hostile =
        [
            new('(', 16_000), new('!', 16_000), new('[', 16_000), new('&', 16_000), string.Concat(Enumerable.Repeat("a.", 8_000)) + "a", string.Concat(Enumerable.Repeat("a|", 8_000)) + "a",
            "a" + string.Concat(Enumerable.Repeat("[]", 8_000)), "a" + string.Concat(Enumerable.Repeat("||a", 5_000)), string.Concat(Enumerable.Repeat("a[?", 5_000)),
            string.Concat(Enumerable.Repeat("{a:", 5_000)), string.Concat(Enumerable.Repeat("*.", 8_000)) + "*", new('a', 20_000),
        ];
        foreach (var text in hostile)
        {
            JmesExpression.TryParse(text, out _, out var problem).ShouldBeFalse();
            problem!.Kind.ShouldBeOneOf(JmesProblemKind.TooComplex, JmesProblemKind.Syntax);
        }

        JmesExpression.TryParse(null, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Work_and_answers_that_grow_without_end_are_cut_off()
    {
        // Doubled forty times: a million million values of a few bytes of text.
        var doubling = string.Join(" | ", Enumerable.Repeat("[@,@]", 40));
        Problem(doubling, "1").Kind.ShouldBe(JmesProblemKind.TooMuch);
        Problem($"to_string({doubling})", "1").Kind.ShouldBe(JmesProblemKind.TooMuch);
        Problem($"({doubling}) == ({doubling})", "1").Kind.ShouldBe(JmesProblemKind.TooMuch);

        var many = $"[{string.Join(',', Enumerable.Range(0, 3000))}]";
        Problem("[*].[@, @][].[@, @][].[@, @][].[@, @][].[@, @][].[@, @][].[@, @][].[@, @][].[@, @][].[@, @][]", many).Kind.ShouldBe(JmesProblemKind.TooMuch);
        Problem("@", $"\"{new string('x', 9_000_000)}\"").Kind.ShouldBe(JmesProblemKind.TooMuch);
    }

    [Fact]
    public void A_cancelled_evaluation_ends()
    {
        JmesExpression.TryParse("[*].[@, @][].[@, @][].[@, @][].[@, @][].[@, @][]", out var expression, out _).ShouldBeTrue();
        using var data = JsonDocument.Parse($"[{string.Join(',', Enumerable.Range(0, 30_000))}]");
        using var json = new Utf8JsonWriter(new MemoryStream());
        Should.Throw<OperationCanceledException>(() => expression.Write(data.RootElement, json, JmesLimits.Default, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Whatever_is_typed_is_answered_or_refused() =>
        Prop.ForAll(Gen.Elements(Parts).ArrayOf().Select(string.Concat).ToArbitrary(), text =>
        {
            if (!JmesExpression.TryParse(text, out var expression, out var problem))
            {
                return problem.Position >= 0 && problem.Position <= text.Length && problem.Message.EndsWith('.') | problem.Message.EndsWith('?');
            }

            using var data = JsonDocument.Parse("""{"a":[{"b":1,"a":"x"},{"b":2},null,[1,[2]]],"b":{"a":[3,4]}}""");
            using var json = new Utf8JsonWriter(new MemoryStream());
            expression.Write(data.RootElement, json, JmesLimits.Default, default);
            return true;
        }).Hold();

    private static string[] Parts =>
    [
        "a", "b", ".", "[", "]", "[]", "[?", "*", "(", ")", "{", "}", ":", ",", "|", "||", "&&", "!", "==", "<", "@", "&", "1", "-1", "'x'", "`1`", "\"a\"", "length(", "sort_by(", "a[*].b", "a[].b", "[::-1]", " ",
    ];

    private static string Answer(string text, string data)
    {
        var (answer, problem) = Evaluate(text, data);
        problem.ShouldBeNull();
        return answer;
    }

    private static JmesProblem Problem(string text, string data) => Evaluate(text, data).Problem.ShouldNotBeNull();

    private static (string Answer, JmesProblem? Problem) Evaluate(string text, string data)
    {
        JmesExpression.TryParse(text, out var expression, out var problem).ShouldBeTrue(problem?.Message);
        using var document = JsonDocument.Parse(data);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true }))
        {
            problem = expression.Write(document.RootElement, json, JmesLimits.Default, default);
        }

        return (Encoding.UTF8.GetString(bytes.ToArray()), problem);
    }
}
