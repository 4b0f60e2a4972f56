using System.Net;
using System.Text.Json;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Mcp;

/// <summary>Arguments that a tool of an MCP server wants in <c>Mcp-Param-…</c> headers too.</summary>
public sealed class RepeatedParameterTests : IAsyncLifetime
{
    private const string Schema =
        """
        {"type":"object","properties":{
          "region":{"type":"string","x-mcp-header":"Region"},
          "count":{"type":"integer","x-mcp-header":"Count"},
          "place":{"type":"object","properties":{"zone":{"type":"string","x-mcp-header":"Zone"}}}}}
        """;

    private readonly TestMcpTarget _server = new(_ => null);

    private TestGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        var schema = TestGateway.Schema(Schema);
        var listed = JsonDocument.Parse($$"""{"name":"find","inputSchema":{{Schema}}}""").RootElement;
        var catalog = new TargetCatalog { Tools = [new("find", "Finds.", schema, null) { Listed = listed }] };
        _gateway = await McpGateway.StartAsync(new Dictionary<string, TestMcpTarget>(StringComparer.Ordinal) { ["docs"] = _server }, McpGateway.Target("docs", catalog));
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("""{"region":"eu"}""", "Region", "eu")]
    [InlineData("""{"region":"eu"}""", "Region", "=?base64?ZXU=?=")]
    [InlineData("""{"region":"Zürich"}""", "Region", "=?base64?WsO8cmljaA==?=")]
    [InlineData("""{"count":42}""", "Count", "42")]
    [InlineData("""{"count":42.0}""", "Count", "42")]
    [InlineData("""{"place":{"zone":"a"}}""", "Zone", "a")]
    [InlineData("""{"region":null}""", "Other", "is nobody's")]
    [InlineData("""{}""", "Other", "is nobody's")]
    public async Task A_header_that_is_its_argument_passes(string arguments, string header, string value)
    {
        var answer = await CallAsync(arguments, ("Mcp-Param-" + header, value));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        _server.Called.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"region":"eu"}""", "Region", "")]
    [InlineData("""{"region":"eu"}""", "Region", "us")]
    [InlineData("""{"region":"eu"}""", "Region", "EU")]
    [InlineData("""{"region":"042"}""", "Region", "42")]
    [InlineData("""{"region":"Hello"}""", "Region", "=?base64?SGVsbG8?=")]
    [InlineData("""{"region":"Hello"}""", "Region", "=?base64?SGVs!!!bG8=?=")]
    [InlineData("""{"count":42}""", "Count", "43")]
    [InlineData("""{"count":42}""", "Count", "many")]
    [InlineData("""{"place":{"zone":"a"}}""", "Zone", "")]
    [InlineData("""{"region":null}""", "Region", "eu")]
    [InlineData("""{}""", "Region", "eu")]
    public async Task A_header_that_is_not_its_argument_is_a_mismatch_and_nothing_is_called(string arguments, string header, string value)
    {
        var answer = await CallAsync(arguments, ("Mcp-Param-" + header, value));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldBe(-32020);
        answer.Message.ShouldContain("Mcp-Param-" + header);
        _server.Called.ShouldBeEmpty();
    }

    [Fact]
    public async Task Revisions_that_know_no_such_headers_are_asked_for_none()
    {
        var answer = await _gateway.Http.PostAsync(McpHttp.Call("""{"region":"eu"}""", tool: "docs___find"));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        _server.Called.Count.ShouldBe(1);
    }

    private Task<McpAnswer> CallAsync(string arguments, params (string, string)[] headers) =>
        _gateway.Http.PostStatelessAsync("tools/call", $"\"name\":\"docs___find\",\"arguments\":{arguments}", "docs___find", headers);
}
