using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Catalog;

/// <summary>What MCP servers offer beside tools, and their tools as they listed them.</summary>
public sealed class McpContentTests
{
    private static readonly TargetCatalog Docs = new()
    {
        Tools = [McpGateway.Tool("search", ""","annotations":{"readOnlyHint":true},"x-new":[1]""")],
        Prompts = [McpGateway.Prompt("review")],
        Resources = [McpGateway.Resource("docs://one", "one"), McpGateway.Resource("shared://a", "docs")],
        ResourceTemplates = [McpGateway.Template("docs://page/{id}/raw")],
    };

    [Fact]
    public async Task A_tool_is_listed_as_its_server_listed_it_with_the_targets_prefix()
    {
        await using var gateway = await McpGateway.StartAsync(Servers(out _), McpGateway.Target("docs", Docs));

        var tool = (await gateway.Http.PostAsync(McpGateway.Request("tools/list"))).Result.GetProperty("tools")[0];

        tool.GetRawText().ShouldBe("""{"name":"docs___search","description":"Does search.","inputSchema":{"type":"object","oneOf":[{}]},"annotations":{"readOnlyHint":true},"x-new":[1]}""");
    }

    [Fact]
    public async Task A_result_comes_back_whole()
    {
        await using var gateway = await McpGateway.StartAsync(Servers(out var docs), McpGateway.Target("docs", Docs));

        var answer = await gateway.Http.PostAsync(McpHttp.Call("{}", tool: "docs___search"));

        answer.Result.GetRawText().ShouldBe("""{"content":[],"isError":false,"structuredContent":{"x":1},"later":true}""");
        docs.Called.ShouldBe(["docs___search"]);
    }

    [Fact]
    public async Task An_error_of_the_server_stays_an_error()
    {
        var servers = new Dictionary<string, TestMcpTarget>(StringComparer.Ordinal)
        {
            ["docs"] = new(_ => null) { Result = TargetAnswer.Error("""{"code":-32602,"message":"no such page","data":{"page":7}}"""u8.ToArray()) },
        };
        await using var gateway = await McpGateway.StartAsync(servers, McpGateway.Target("docs", Docs));

        var answer = await gateway.Http.PostAsync(McpHttp.Call("{}", tool: "docs___search"));

        answer.Body.ShouldBe("""{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"no such page","data":{"page":7}}}""");
    }

    [Fact]
    public async Task Prompts_carry_the_prefix_and_go_to_their_server()
    {
        await using var gateway = await McpGateway.StartAsync(Servers(out var docs), McpGateway.Target("docs", Docs));

        var listed = (await gateway.Http.PostAsync(McpGateway.Request("prompts/list"))).Result.GetProperty("prompts")[0];
        var got = await gateway.Http.PostAsync(McpGateway.Request("prompts/get", """{"name":"docs___review","arguments":{"a":"1"}}"""));

        listed.GetRawText().ShouldBe("""{"name":"docs___review","arguments":[{"name":"a"}]}""");
        got.Result.GetProperty("answered").GetString().ShouldBe("prompts/get");
        docs.Forwarded.ShouldBe([("prompts/get", """{"name":"docs___review","arguments":{"a":"1"}}""")]);
    }

    [Fact]
    public async Task Of_two_servers_that_list_one_resource_the_lower_priority_wins()
    {
        var other = new TargetCatalog { Resources = [McpGateway.Resource("shared://a", "other")] };
        await using var gateway = await McpGateway.StartAsync(
            Servers(out var docs), McpGateway.Target("docs", Docs, priority: 10), McpGateway.Target("other", other, priority: 20));

        var listed = (await gateway.Http.PostAsync(McpGateway.Request("resources/list"))).Result.GetProperty("resources");
        await gateway.Http.PostAsync(McpGateway.Request("resources/read", """{"uri":"shared://a"}"""));

        listed.EnumerateArray().Select(resource => resource.GetProperty("name").GetString()).ShouldBe(["one", "docs"]);
        docs.Forwarded.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("docs://page/12/raw", true)]
    [InlineData("docs://page/a/b/raw", true)]
    [InlineData("docs://page//raw", false)]
    [InlineData("docs://page/12", false)]
    [InlineData("docs://page/12/raw/more", false)]
    [InlineData("other://page/12/raw", false)]
    public async Task A_template_leads_to_its_server(string uri, bool fits)
    {
        await using var gateway = await McpGateway.StartAsync(Servers(out var docs), McpGateway.Target("docs", Docs));

        var answer = await gateway.Http.PostAsync(McpGateway.Request("resources/read", $$"""{"uri":"{{uri}}"}"""));

        docs.Forwarded.Count.ShouldBe(fits ? 1 : 0);
        if (!fits)
        {
            (answer.Code, answer.Message).ShouldBe((-32002, $"Resource not found: {uri}"));
        }
    }

    [Theory]
    [InlineData("prompts/list")]
    [InlineData("prompts/get")]
    [InlineData("resources/list")]
    [InlineData("resources/read")]
    [InlineData("resources/templates/list")]
    public async Task A_gateway_without_mcp_servers_does_not_know_prompts_and_resources(string method)
    {
        await using var gateway = await TestGateway.StartAsync();

        (await gateway.Http.PostAsync(McpGateway.Request(method))).Code.ShouldBe(-32601);
    }

    [Fact]
    public async Task Capabilities_name_prompts_and_resources_where_there_are_servers()
    {
        await using var gateway = await McpGateway.StartAsync(Servers(out _), McpGateway.Target("docs", Docs));

        var capabilities = (await gateway.Http.PostAsync(McpGateway.Request("initialize", """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}"""))).Result.GetProperty("capabilities");

        capabilities.GetRawText().ShouldBe("""{"tools":{"listChanged":false},"prompts":{"listChanged":false},"resources":{"listChanged":false}}""");
    }

    [Theory]
    [InlineData("prompts/get", "\"name\":\"docs___review\"", "docs___review", 200)]
    [InlineData("prompts/get", "\"name\":\"docs___review\"", "docs___other", 400)]
    [InlineData("resources/read", "\"uri\":\"docs://one\"", "docs://one", 200)]
    [InlineData("resources/read", "\"uri\":\"docs://one\"", "docs://two", 400)]
    public async Task The_stateless_revision_compares_the_name_header_with_prompt_and_uri(string method, string parameters, string name, int status)
    {
        await using var gateway = await McpGateway.StartAsync(Servers(out _), McpGateway.Target("docs", Docs));

        ((int)(await gateway.Http.PostStatelessAsync(method, parameters, name)).Status).ShouldBe(status);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_as_an_error()
    {
        var servers = new Dictionary<string, TestMcpTarget>(StringComparer.Ordinal) { ["docs"] = new(_ => null) };
        await using var masked = await McpGateway.StartAsync(servers, McpGateway.Target("docs", Docs));
        await using var debug = await McpGateway.StartAsync(servers, config => config with { Debug = true }, McpGateway.Target("docs", Docs));
        const string Read = """{"uri":"docs://one"}""";

        (await masked.Http.PostAsync(McpGateway.Request("resources/read", Read))).Message.ShouldBe("An internal error occurred. Please retry later.");
        (await debug.Http.PostAsync(McpGateway.Request("resources/read", Read))).Message.ShouldBe("The server did not answer. Start it.");
    }

    [Fact]
    public async Task Without_prefixes_names_are_the_servers_own_and_the_first_owner_of_a_name_keeps_it()
    {
        var servers = Servers(out var docs);
        await using var gateway = await McpGateway.StartAsync(
            servers,
            config => config with { Switches = new() { ToolPrefix = false } },
            McpGateway.Target("docs", Docs),
            McpGateway.Target("other", new() { Tools = [McpGateway.Tool("search"), McpGateway.Tool("more")] }));

        var listed = (await gateway.Http.PostAsync(McpGateway.Request("tools/list"))).Result.GetProperty("tools");
        await gateway.Http.PostAsync(McpHttp.Call("{}", tool: "search"));

        listed.EnumerateArray().Select(tool => tool.GetProperty("name").GetString()).ShouldBe(["search", "more"]);
        docs.Called.ShouldBe(["docs___search"]);
        servers["other"].Called.ShouldBeEmpty();
    }

    private static Dictionary<string, TestMcpTarget> Servers(out TestMcpTarget docs)
    {
        docs = new(request => $$"""{"answered":"{{request.Method}}"}""");
        return new(StringComparer.Ordinal) { ["docs"] = docs, ["other"] = new(_ => "{}") };
    }
}
