using System.Text;
using System.Text.Json;
using CentralOps.Gateway.Targets.McpServers;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

public sealed class WellFormedJsonTests
{
    [Theory]
    [InlineData("""{"a":"x\ud83d"}""", """{"a":"x\ufffd"}""")]
    [InlineData("""{"a":"\uDC00\ud83d\udc00\ud83d\ud83d\uDE00"}""", """{"a":"\ufffd\ud83d\udc00\ufffd\ud83d\uDE00"}""")]
    [InlineData("""{"\ud83d":1}""", """{"\ufffd":1}""")]
    [InlineData("""{"a":"\\ud83d \\\ud83d\n"}""", """{"a":"\\ud83d \\\ufffd\n"}""")]
    [InlineData("""{"a":"\u00e9\ud83e\udd8a\u0000 \uZZZZ \ud8"}""", """{"a":"\u00e9\ud83e\udd8a\u0000 \uZZZZ \ud8"}""")]
    [InlineData("\\", "\\")]
    [InlineData("", "")]
    public void Half_of_a_pair_is_replaced_and_everything_else_stays(string sent, string read) =>
        Encoding.UTF8.GetString(WellFormedJson.Of(Encoding.UTF8.GetBytes(sent)).Span).ShouldBe(read);

    [Fact]
    public void What_needs_no_mending_is_not_copied()
    {
        ReadOnlyMemory<byte> json = """{"a":"\u00e9\ud83e\udd8a"}"""u8.ToArray();
        WellFormedJson.Of(json).Equals(json).ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_that_cuts_within_an_emoji_is_understood_wherever_it_does_so()
    {
        await using var peer = await McpPeer.StartAsync((received, context) => context.ResultAsync(received, received.Method switch
        {
            "server/discover" => """{"supportedVersions":["2026-07-28","\ud83d"],"capabilities":{"tools":{},"\ud83d":{}}}""",
            _ => """{"resultType":"complete","content":[{"type":"text","text":"cut \ud83d"}],"\udc00":1}""",
        }));

        var answer = (await peer.Open().CallAsync(version: "2026-07-28")).Element();

        answer.GetProperty("content")[0].GetProperty("text").GetString().ShouldBe("cut \ufffd");
        answer.GetProperty("\ufffd").GetInt32().ShouldBe(1);
    }
}
