using CentralOps.Gateway.Tests.Fixtures;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace CentralOps.Gateway.Tests.Mcp;

/// <summary>The C# SDK's client, which is not ours, in each revision.</summary>
public sealed class ClientTests
{
    public static TheoryData<string?, bool> Versions => new()
    {
        { "2025-03-26", false }, { "2025-06-18", false }, { "2025-11-25", false }, { "2026-07-28", false }, { null, false },
        { "2025-03-26", true }, { "2025-11-25", true }, { "2026-07-28", true },
    };

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_client_lists_calls_and_is_refused(string? version, bool streaming)
    {
        await using var gateway = await TestGateway.StartAsync(configure: config => config with { ResponseStreaming = streaming });
        await using var client = await ConnectAsync(gateway, version);

        client.NegotiatedProtocolVersion.ShouldBe(version ?? "2026-07-28");
        client.ServerInfo!.Name.ShouldBe("test");
        var tool = (await client.ListToolsAsync()).ShouldHaveSingleItem();
        tool.Name.ShouldBe("ec2___echo");
        tool.JsonSchema.GetProperty("required")[0].GetString().ShouldBe("message");

        var answer = await client.CallToolAsync("ec2___echo", new Dictionary<string, object?> { ["message"] = "grüezi" });
        answer.IsError.ShouldNotBe(true);
        Text(answer).ShouldBe("""{"message":"grüezi"}""");

        var unfit = await client.CallToolAsync("ec2___echo", new Dictionary<string, object?> { ["count"] = "many" });
        unfit.IsError.ShouldBe(true);
        Text(unfit).ShouldContain("message: is required");

        var unknown = await Should.ThrowAsync<McpProtocolException>(async () => await client.CallToolAsync("ec2___nothing"));
        unknown.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
    }

    [Fact]
    public async Task A_client_that_prefers_the_newest_falls_back_to_what_the_gateway_has()
    {
        await using var gateway = await TestGateway.StartAsync(configure: config => config with { SupportedVersions = ["2025-06-18", "2025-11-25"] });
        await using var client = await ConnectAsync(gateway, null);

        client.NegotiatedProtocolVersion.ShouldBe("2025-11-25");
        (await client.ListToolsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_client_follows_cursors_through_1000_tools()
    {
        var tools = Enumerable.Range(0, 500).Select(i => TestGateway.Tool($"tool_{i}")).ToArray();
        await using var gateway = await TestGateway.StartAsync(TestGateway.Options(TestGateway.Config(TestGateway.Target("a", tools), TestGateway.Target("b", tools))));
        await using var client = await ConnectAsync(gateway, "2026-07-28");

        var listed = await client.ListToolsAsync();

        listed.Select(tool => tool.Name).Distinct().Count().ShouldBe(1000);
        listed[0].Name.ShouldBe("a___tool_0");
        listed[^1].Name.ShouldBe("b___tool_499");
    }

    [Fact]
    public async Task Structured_content_satisfies_the_output_schema_that_is_listed_with_it()
    {
        var tool = TestGateway.Tool("echo", output: """{"type":"object","properties":{"message":{"type":"string"}},"required":["message"]}""");
        var config = TestGateway.Config(TestGateway.Target("ec2", tool)) with { Switches = new() { StructuredContent = true } };
        await using var gateway = await TestGateway.StartAsync(TestGateway.Options(config));
        await using var client = await ConnectAsync(gateway, "2025-11-25");

        (await client.ListToolsAsync())[0].ReturnJsonSchema.ShouldNotBeNull();
        var answer = await client.CallToolAsync("ec2___echo", new Dictionary<string, object?> { ["message"] = "hi" });
        answer.StructuredContent!.Value.GetRawText().ShouldBe("""{"message":"hi"}""");
    }

    private static Task<McpClient> ConnectAsync(TestGateway gateway, string? version)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions { Endpoint = gateway.Url, TransportMode = HttpTransportMode.StreamableHttp });
        return McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = version, ClientInfo = new() { Name = "tests", Version = "1" } });
    }

    private static string Text(ModelContextProtocol.Protocol.CallToolResult answer) =>
        answer.Content.ShouldHaveSingleItem().ShouldBeOfType<ModelContextProtocol.Protocol.TextContentBlock>().Text;
}
