using System.Net;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Mcp;

public sealed class StatelessTests : IAsyncLifetime
{
    private const string EchoParameters = "\"name\":\"ec2___echo\",\"arguments\":{\"message\":\"hi\"}";

    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Discover_tells_versions_capabilities_and_identity()
    {
        var result = (await _gateway.Http.PostStatelessAsync("server/discover")).Result;

        result.GetProperty("supportedVersions").EnumerateArray().Select(version => version.GetString())
            .ShouldBe(["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"]);
        result.GetProperty("capabilities").TryGetProperty("tools", out _).ShouldBeTrue();
        result.GetProperty("_meta").GetProperty("io.modelcontextprotocol/serverInfo").GetProperty("name").GetString().ShouldBe("test");
        ShouldBeUncached(result);
    }

    [Fact]
    public async Task A_list_is_complete_and_may_not_be_cached()
    {
        var result = (await _gateway.Http.PostStatelessAsync("tools/list")).Result;

        result.GetProperty("tools")[0].GetProperty("name").GetString().ShouldBe("ec2___echo");
        ShouldBeUncached(result);
    }

    [Fact]
    public async Task A_call_is_answered_as_complete_and_says_who_answers()
    {
        var answer = await _gateway.Http.PostStatelessAsync("tools/call", EchoParameters, "ec2___echo");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Text.ShouldBe("""{"message":"hi"}""");
        answer.Result.GetProperty("resultType").GetString().ShouldBe("complete");
        answer.Result.GetProperty("_meta").GetProperty("io.modelcontextprotocol/serverInfo").GetProperty("version").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("Mcp-Method", "")]
    [InlineData("Mcp-Method", "tools/list")]
    [InlineData("Mcp-Method", "TOOLS/CALL")]
    [InlineData("Mcp-Name", "")]
    [InlineData("Mcp-Name", "ec2___other")]
    [InlineData("Mcp-Name", "=?base64?!!!?=")]
    [InlineData("MCP-Protocol-Version", "")]
    [InlineData("MCP-Protocol-Version", "2025-11-25")]
    public async Task Headers_that_are_missing_or_differ_from_the_body_are_a_mismatch(string header, string value)
    {
        var answer = await _gateway.Http.PostStatelessAsync("tools/call", EchoParameters, "ec2___echo", (header, value));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldBe(-32020);
        answer.Id.ShouldBe("1");
        answer.Message.ShouldContain(header);
    }

    [Fact]
    public async Task A_name_header_may_be_in_base64()
    {
        var name = $"=?base64?{Convert.ToBase64String("ec2___echo"u8)}?=";

        (await _gateway.Http.PostStatelessAsync("tools/call", EchoParameters, name)).IsError.ShouldBeFalse();
    }

    [Fact]
    public async Task A_version_that_nobody_knows_is_unsupported_when_header_and_body_agree()
    {
        var body = McpHttp.Stateless("tools/list").Replace("2026-07-28", "2031-01-01", StringComparison.Ordinal);

        var answer = await _gateway.Http.PostAsync(body, ("MCP-Protocol-Version", "2031-01-01"), ("Mcp-Method", "tools/list"));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldBe(-32022);
        answer.Error.GetProperty("data").GetProperty("requested").GetString().ShouldBe("2031-01-01");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", "protocolVersion")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{}}}""", "protocolVersion")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":7}}}""", "protocolVersion")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""", "clientCapabilities")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":[]}}}""", "clientCapabilities")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":"me"}}}""", "clientInfo")]
    public async Task Metadata_that_every_request_carries_is_demanded(string body, string said)
    {
        var answer = await _gateway.Http.PostAsync(body, ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/list"));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldBe(-32602);
        answer.Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("initialize")]
    [InlineData("subscriptions/listen")]
    public async Task Methods_that_this_revision_does_not_have_here_are_404(string method)
    {
        var answer = await _gateway.Http.PostStatelessAsync(method);

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Code.ShouldBe(-32601);
    }

    [Fact]
    public async Task An_error_whose_id_could_not_be_read_has_none()
    {
        var answer = await _gateway.Http.PostAsync("{", ("MCP-Protocol-Version", "2026-07-28"));

        answer.Code.ShouldBe(-32700);
        answer.Id.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_gateway_without_this_revision_tells_which_it_has()
    {
        await using var older = await TestGateway.StartAsync(configure: config => config with { SupportedVersions = ["2025-11-25"] });

        var answer = await older.Http.PostStatelessAsync("server/discover");

        answer.Code.ShouldBe(-32022);
        answer.Error.GetProperty("data").GetProperty("supported")[0].GetString().ShouldBe("2025-11-25");
    }

    private static void ShouldBeUncached(System.Text.Json.JsonElement result)
    {
        result.GetProperty("resultType").GetString().ShouldBe("complete");
        result.GetProperty("ttlMs").GetInt32().ShouldBe(0);
        result.GetProperty("cacheScope").GetString().ShouldBe("private");
    }
}
