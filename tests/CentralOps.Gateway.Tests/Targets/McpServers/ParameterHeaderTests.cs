using System.Text.Json;
using CentralOps.Gateway.Targets.McpServers;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

/// <summary>Parameters that a server wants in headers (<c>x-mcp-header</c>).</summary>
public sealed class ParameterHeaderTests
{
    private const string Schema = """
        {"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},"where":{"type":"object","properties":{"row":{"type":"integer","x-mcp-header":"Row"}}},
        "dry":{"type":"boolean","x-mcp-header":"Dry"},"example":{"type":"string","default":{"x-mcp-header":"not this"}}}}
        """;

    [Theory]
    [InlineData("""{"region":"us-west1","where":{"row":-7},"dry":true}""", "us-west1", "-7", "true")]
    [InlineData("""{"region":" padded "}""", "=?base64?IHBhZGRlZCA=?=", "", "")]
    [InlineData("""{"region":"line1\nline2","where":null,"dry":null}""", "=?base64?bGluZTEKbGluZTI=?=", "", "")]
    [InlineData("""{"where":[]}""", "", "", "")]
    public async Task Values_at_annotated_places_are_mirrored_encoded_and_absent_ones_are_not(string arguments, string region, string row, string dry)
    {
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28");
        var target = peer.Open(config => config with { Catalog = new() { Tools = [new("sql", "", JsonDocument.Parse(Schema).RootElement, null)] } });

        await target.CallAsync("peer___sql", arguments);

        var call = peer.Calls.Single();
        (call.Header("Mcp-Param-Region"), call.Header("Mcp-Param-Row"), call.Header("Mcp-Param-Dry")).ShouldBe((region, row, dry));
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"type":"string","x-mcp-header":""}}}""")]
    [InlineData("""{"properties":{"a":{"type":"string","x-mcp-header":7}}}""")]
    [InlineData("""{"properties":{"a":{"type":"string","x-mcp-header":"A B"}}}""")]
    [InlineData("""{"properties":{"a":{"type":"string","x-mcp-header":"A\r\nB"}}}""")]
    [InlineData("""{"properties":{"a":{"type":"string","x-mcp-header":"X"},"b":{"type":"string","x-mcp-header":"x"}}}""")]
    [InlineData("""{"properties":{"a":{"type":"number","x-mcp-header":"X"}}}""")]
    [InlineData("""{"properties":{"a":{"type":["string","null"],"x-mcp-header":"X"}}}""")]
    [InlineData("""{"properties":{"a":{"type":"object","x-mcp-header":"X"}}}""")]
    [InlineData("""{"properties":{"a":{"type":"array","items":{"type":"string","x-mcp-header":"X"}}}}""")]
    [InlineData("""{"oneOf":[{"properties":{"a":{"type":"string","x-mcp-header":"X"}}}]}""")]
    [InlineData("""{"$defs":{"a":{"type":"string","x-mcp-header":"X"}}}""")]
    [InlineData("""{"type":"string","x-mcp-header":"X"}""")]
    public void An_annotation_that_breaks_the_rules_rules_out_its_tool(string schema)
    {
        ParameterHeaders.TryRead(JsonDocument.Parse(schema).RootElement, out var problem).ShouldBeNull();
        problem.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_server_that_misses_a_header_makes_the_gateway_look_at_its_tools_again_and_the_call_runs_once()
    {
        var ran = 0;
        await using var peer = await McpPeer.StartAsync((received, context) =>
        {
            switch (received.Method)
            {
                case "server/discover":
                    return context.ResultAsync(received, """{"supportedVersions":["2026-07-28"]}""");
                case "tools/list":
                    return context.ResultAsync(received, $$"""{"tools":[{"name":"sql","inputSchema":{{Schema}} }]}""");
                case "tools/call" when received.Header("Mcp-Param-Region") != "eu":
                    return context.ErrorAsync(received, 400, -32020, "Header mismatch");
                default:
                    ran++;
                    return context.ResultAsync(received, """{"content":[]}""");
            }
        });
        var target = peer.Open();

        (await target.CallAsync("peer___sql", """{"region":"eu"}""")).Failure.ShouldBeNull();
        (await target.CallAsync("peer___sql", """{"region":"eu"}""")).Failure.ShouldBeNull();

        ran.ShouldBe(2);
        peer.Received.Count(received => received.Method == "tools/list").ShouldBe(1);
    }
}
