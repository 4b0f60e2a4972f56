using System.Text;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Mcp;

/// <summary>Errors of MCP servers, which in the stateless revision have an HTTP status of their own.</summary>
public sealed class ForwardedErrorTests
{
    [Theory]
    [InlineData("""{"code":-32021,"message":"no sampling","data":{"requiredCapabilities":{"sampling":{}}}}""", 400, 200)]
    [InlineData("""{"data":{"code":-32021},"message":"nested codes are data","code":-32602}""", 200, 200)]
    [InlineData("""{"code":-32601,"message":"Method not found"}""", 404, 200)]
    [InlineData("""{"code":-32603,"message":"broken"}""", 200, 200)]
    [InlineData("""{"message":"no code at all"}""", 200, 200)]
    public async Task An_error_that_is_passed_on_travels_under_its_own_status(string error, int stateless, int withHandshake)
    {
        var server = new TestMcpTarget(_ => null) { Result = TargetAnswer.Error(Encoding.UTF8.GetBytes(error)) };
        var catalog = new TargetCatalog { Tools = [McpGateway.Tool("search")] };
        await using var gateway = await McpGateway.StartAsync(
            new Dictionary<string, TestMcpTarget>(StringComparer.Ordinal) { ["docs"] = server }, McpGateway.Target("docs", catalog));

        var newer = await gateway.Http.PostStatelessAsync("tools/call", "\"name\":\"docs___search\",\"arguments\":{}", "docs___search");
        var older = await gateway.Http.PostAsync(McpHttp.Call("{}", tool: "docs___search"));

        ((int)newer.Status).ShouldBe(stateless);
        ((int)older.Status).ShouldBe(withHandshake);
        newer.Error.GetRawText().ShouldBe(error);
    }

    [Fact]
    public async Task A_resource_that_nobody_has_is_named_in_the_errors_data()
    {
        var catalog = new TargetCatalog { Resources = [McpGateway.Resource("docs://one", "one")] };
        await using var gateway = await McpGateway.StartAsync(
            new Dictionary<string, TestMcpTarget>(StringComparer.Ordinal) { ["docs"] = new(_ => null) }, McpGateway.Target("docs", catalog));

        var newer = await gateway.Http.PostStatelessAsync("resources/read", "\"uri\":\"docs://\\\"two\\\"\"", "docs://\"two\"");
        var older = await gateway.Http.PostAsync(McpGateway.Request("resources/read", """{"uri":"docs://two"}"""));

        newer.Code.ShouldBe(-32602);
        newer.Error.GetProperty("data").GetProperty("uri").GetString().ShouldBe("docs://\"two\"");
        older.Code.ShouldBe(-32002);
        older.Error.GetProperty("data").GetProperty("uri").GetString().ShouldBe("docs://two");
    }
}
