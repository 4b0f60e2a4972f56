using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Wire;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Tests.Answers;

public sealed class CleanJsonTests
{
    [Theory]
    [InlineData("""{"a":"plain","n":1.50,"b":[true,null]},{"a":2}""", """{"a":"plain","n":1.50,"b":[true,null]},{"a":2}""")]
    [InlineData("""{"a":"x\u202Ey","n":1.50e3},{"b":"\u0007\"q\" \\ \n"}""", """{"a":"xy","n":1.50e3},{"b":"\"q\" \\ \n"}""")]
    [InlineData("{\"a\":\"x\u202Ey\u0085\",\"e\":[],\"o\":{}}", """{"a":"xy","e":[],"o":{}}""")]
    [InlineData("{\"Gr\u00fc\u00dfe\":\"\u2713\"}", "{\"Gr\u00fc\u00dfe\":\"\u2713\"}")]
    [InlineData("", "")]
    public void Strings_lose_what_acts_and_everything_else_stays(string items, string expected) => Clean(items).ShouldBe(expected);

    [Fact]
    public void A_name_keeps_the_place_so_that_it_cannot_pass_for_another()
    {
        var names = JsonDocument.Parse(Clean("""{"Name":"real","Na\u202Eme":"fake"}""")).RootElement.EnumerateObject().Select(static p => p.Name).ToList();
        names.ShouldBe(["Name", "Na\uFFFDme"]);
    }

    [Fact]
    public void Names_that_would_come_out_alike_stay_two()
    {
        var clean = Clean("""{"T":{"a\u202Eb":"1","a\u202Db":"2","a\uFFFDb":"3"}},{"T":{"a\u202Eb":"4"}}""");
        clean.ShouldBe("{\"T\":{\"a\uFFFDb\":\"1\",\"a\uFFFDb\uFFFD\":\"2\",\"a\uFFFDb\uFFFD\uFFFD\":\"3\"}},{\"T\":{\"a\uFFFDb\":\"4\"}}");
    }

    [Fact]
    public void Every_character_that_acts_is_found_whether_it_is_escaped_or_not()
    {
        for (var point = 0x7F; point <= 0xE0FFF; point++)
        {
            if (ActingCharacter.Is(point))
            {
                Clean($"\"a{char.ConvertFromUtf32(point)}b\"").ShouldBe("\"ab\"", $"U+{point:X4}");
            }
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_does_no_harm() => JsonDocument.Parse(Clean("""{"a":"\ud800","b":"\u202e"}""")).RootElement.GetProperty("b").GetString().ShouldBe("");

    private static string Clean(string items)
    {
        var output = new ArrayBufferWriter<byte>();
        CleanJson.AppendItems(Encoding.UTF8.GetBytes(items), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
