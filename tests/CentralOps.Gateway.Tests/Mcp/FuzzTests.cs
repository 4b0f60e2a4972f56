using System.Text;
using System.Text.Json;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Mcp;

public sealed class FuzzTests
{
    // './test --long' runs the large form.
    private static readonly int Cases = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is null ? 4000 : 100_000;

    private static readonly string[] Seeds =
    [
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ec2___echo","arguments":{"message":"a\u00e9\ud83e\udd8a","count":1.0,"x":[{"y":null}]}}}""",
        """{"jsonrpc":"2.0","id":"i-1","method":"tools/list","params":{"cursor":"abc"}}""",
        """{"jsonrpc":"2.0","id":-3,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}""",
        """[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/initialized"}]""",
        McpHttp.Stateless("server/discover"),
        McpHttp.Stateless("tools/call", "\"name\":\"ec2___echo\",\"arguments\":{\"message\":\"m\"}"),
    ];

    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "1e999", "-", "0", "true", "\"id\":", "\"params\":", "\"arguments\":", "\"name\":", "\"_meta\":", "{\"a\":{\"a\":",
        "\0", "\u202e", "🦊", " ", "\n", "1234567890123456789012345678901234567890", "\"method\":\"tools/call\"", "\"cursor\":",
    ];

    [Theory]
    [InlineData(20261122)]
    [InlineData(7)]
    public async Task Whatever_is_sent_the_answer_is_json_rpc_and_never_a_fault(int seed)
    {
        await using var gateway = await TestGateway.StartAsync();
        var random = new Random(seed);
        var answered = 0;
        for (var i = 0; i < Cases; i++)
        {
            var body = Mutate(random, Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]));
            var answer = await gateway.Http.PostAsync(body, Headers(random));

            var told = $"seed {seed}, case {i}: {Convert.ToBase64String(body)} gave {(int)answer.Status} {answer.Body}";
            ((int)answer.Status).ShouldBeLessThan(500, told);
            if (answer.Body.Length == 0)
            {
                ((int)answer.Status).ShouldBe(202, told);
                continue;
            }

            answered++;
            foreach (var response in answer.Json.ValueKind == JsonValueKind.Array ? answer.Json.EnumerateArray().ToArray() : [answer.Json])
            {
                response.GetProperty("jsonrpc").GetString().ShouldBe("2.0", told);
                (response.TryGetProperty("result", out _) ^ response.TryGetProperty("error", out _)).ShouldBeTrue(told);
            }
        }

        answered.ShouldBeGreaterThan(Cases / 2);
    }

    private static (string, string)[] Headers(Random random) => random.Next(4) switch
    {
        0 => [],
        1 => [("MCP-Protocol-Version", "2025-11-25"), ("Accept", "application/json, text/event-stream")],
        2 => [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "ec2___echo")],
        _ => [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "server/discover")],
    };

    private static byte[] Mutate(Random random, byte[] body)
    {
        var bytes = body.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]));
                    break;
                case 4:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
