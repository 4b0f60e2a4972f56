using System.Net;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Mcp;

public sealed class HandshakeTests
{
    private static string Initialize(string version) =>
        $$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"{{version}}","capabilities":{},"clientInfo":{"name":"t","version":"1"} } }""";

    [Theory]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2024-11-05", "2025-11-25")]
    [InlineData("2026-07-28", "2025-11-25")]
    [InlineData("9999-99-99", "2025-11-25")]
    public async Task Initialize_agrees_on_what_was_asked_for_or_offers_the_newest_with_a_handshake(string asked, string agreed)
    {
        await using var gateway = await TestGateway.StartAsync(configure: config => config with { Instructions = "Ask any account." });

        var answer = await gateway.Http.PostAsync(Initialize(asked));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Result.GetProperty("protocolVersion").GetString().ShouldBe(agreed);
        answer.Result.GetProperty("serverInfo").GetProperty("name").GetString().ShouldBe("test");
        answer.Result.GetProperty("capabilities").GetProperty("tools").GetProperty("listChanged").GetBoolean().ShouldBeFalse();
        answer.Result.GetProperty("instructions").GetString().ShouldBe("Ask any account.");
    }

    [Fact]
    public async Task Initialize_offers_only_what_the_gateway_supports()
    {
        await using var gateway = await TestGateway.StartAsync(configure: config => config with { SupportedVersions = ["2025-06-18", "2025-03-26"] });

        (await gateway.Http.PostAsync(Initialize("2025-11-25"))).Result.GetProperty("protocolVersion").GetString().ShouldBe("2025-06-18");
    }

    [Fact]
    public async Task Initialize_of_a_gateway_without_a_handshake_is_told_what_it_speaks()
    {
        await using var gateway = await TestGateway.StartAsync(configure: config => config with { SupportedVersions = ["2026-07-28"] });

        var answer = await gateway.Http.PostAsync(Initialize("2025-11-25"));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldBe(-32022);
        answer.Error.GetProperty("data").GetRawText().ShouldBe("""{"supported":["2026-07-28"],"requested":"2025-11-25"}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"protocolVersion\":7")]
    public async Task Initialize_without_a_version_is_invalid_params(string parameters)
    {
        await using var gateway = await TestGateway.StartAsync();

        (await gateway.Http.PostAsync("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{" + parameters + "}}")).Code.ShouldBe(-32602);
    }

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData(null)]
    public async Task Tools_are_listed_and_called_without_initialize(string? version)
    {
        await using var gateway = await TestGateway.StartAsync();
        (string, string)[] headers = version is null ? [] : [("MCP-Protocol-Version", version)];

        var list = await gateway.Http.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", headers);
        var call = await gateway.Http.PostAsync(McpHttp.Call("""{ "message" : "hi" }"""), headers);

        list.Result.GetProperty("tools")[0].GetProperty("name").GetString().ShouldBe("ec2___echo");
        list.Result.TryGetProperty("resultType", out _).ShouldBeFalse();
        call.Body.ShouldBe("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{\"message\":\"hi\"}"}],"isError":false}}""");
    }

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("1900-01-01")]
    [InlineData("banana")]
    public async Task A_version_header_that_is_not_supported_is_refused_with_the_list(string version)
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.Http.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", ("MCP-Protocol-Version", version));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldBe(-32022);
        answer.Id.ShouldBe("1");
        answer.Error.GetProperty("data").GetProperty("supported").GetArrayLength().ShouldBe(4);
        answer.Error.GetProperty("data").GetProperty("requested").GetString().ShouldBe(version);
    }

    [Fact]
    public async Task Without_a_version_header_the_oldest_supported_version_is_meant()
    {
        await using var gateway = await TestGateway.StartAsync(configure: config => config with { SupportedVersions = ["2025-11-25", "2025-06-18"] });
        await using var stateless = await TestGateway.StartAsync(configure: config => config with { SupportedVersions = ["2026-07-28"] });

        (await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""))).IsError.ShouldBeFalse();
        (await stateless.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""))).Code.ShouldBe(-32020);
    }
}
