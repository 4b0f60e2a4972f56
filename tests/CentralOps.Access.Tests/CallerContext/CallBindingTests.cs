using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.CallerContext;

namespace CentralOps.Access.Tests.CallerContext;

public sealed class CallBindingTests
{
    [Theory]
    [InlineData("1", "1.0", "1.000", "10e-1", "0.1E+1", "100e-2")]
    [InlineData("0", "-0", "0.0", "0e5", "-0.00E-7")]
    [InlineData("-12.50", "-12.5", "-1250e-2", "-0.0125e3")]
    [InlineData("9007199254740993", "9007199254740993.0", "9.007199254740993e15")]
    [InlineData("1e400", "10e399", "1E+0400")]
    public void One_number_has_one_digest_however_it_is_written(params string[] numbers) =>
        numbers.Select(Digest).Distinct().Count().ShouldBe(1);

    [Theory]
    [InlineData("9007199254740992", "9007199254740993")]
    [InlineData("0.1", "0.10000000000000000555")]
    [InlineData("1e400", "1e401")]
    [InlineData("1", "-1")]
    [InlineData("1", "10")]
    [InlineData("1", "\"1\"")]
    [InlineData("1", "true")]
    [InlineData("null", "0")]
    [InlineData("null", "false")]
    [InlineData("[]", "{}")]
    [InlineData("[[],[]]", "[[[]]]")]
    [InlineData("[\"ab\"]", "[\"a\",\"b\"]")]
    [InlineData("{\"a\":\"b\"}", "[\"a\",\"b\"]")]
    [InlineData("{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":1}")]
    [InlineData("\"é\"", "\"e\\u0301\"")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("1e9999999999", "1e99999999999")]
    public void Different_values_have_different_digests(string one, string other) => Digest(one).ShouldNotBe(Digest(other));

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("\"\\ud800\"")]
    public void What_is_not_strict_JSON_has_none(string json) => CallBinding.OfArguments(Encoding.UTF8.GetBytes(json)).ShouldBeNull();

    /// <summary>Spacing, order of members and escapes are not part of the value; every change of a value is.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public void A_value_written_anew_has_its_digest_and_a_changed_one_has_another(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 2000; i++)
        {
            var value = new JsonObject { ["root"] = Value(random, 4) };
            var digest = Digest(value.ToJsonString());

            Digest(Rewrite(value, random)).ShouldBe(digest, value.ToJsonString());
            var changed = value.DeepClone().AsObject();
            changed[$"k{random.Next(10)}"] = random.Next();
            Digest(changed.ToJsonString()).ShouldNotBe(digest);
        }
    }

    private static string Digest(string json) => CallBinding.OfArguments(Encoding.UTF8.GetBytes(json)).ShouldNotBeNull();

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => JsonNode.Parse((random.Next(-1000, 1000) / 8m).ToString(CultureInfo.InvariantCulture)),
        3 => random.NextInt64(),
        4 => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(3) switch { 0 => "é", 1 => "🦊", _ => "a" })),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(n => KeyValuePair.Create($"{(char)('a' + n)}é", Value(random, depth - 1)))),
    };

    private static string Rewrite(JsonNode? node, Random random) => node switch
    {
        JsonObject members => "{ " + string.Join(" ,\n", members.OrderBy(_ => random.Next()).Select(member => $"{Quote(member.Key)} : {Rewrite(member.Value, random)}")) + " }",
        JsonArray items => "[ " + string.Join(", ", items.Select(item => Rewrite(item, random))) + "]",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Quote(text.GetValue<string>()),
        JsonValue number when number.GetValueKind() == JsonValueKind.Number => number.ToJsonString() + (number.ToJsonString().Contains('.', StringComparison.Ordinal) ? "00e0" : ".0"),
        null => "null",
        _ => node.ToJsonString(),
    };

    private static string Quote(string text) => "\"" + string.Concat(text.Select(c => $"\\u{(int)c:x4}")) + "\"";
}
