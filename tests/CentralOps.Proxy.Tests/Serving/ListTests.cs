using System.Text.Json;
using CentralOps.Proxy.Tests.Fixtures;

namespace CentralOps.Proxy.Tests.Serving;

public sealed class ListTests
{
    [Fact]
    public async Task Every_tool_takes_an_account_and_none_gives_presigned_urls()
    {
        await using var proxy = await TestProxy.StartAsync();
        var tools = await ListAsync(proxy);
        tools.Keys.Order(StringComparer.Ordinal).ShouldBe(["audit", "aws___list_regions", "aws___run_script"]);

        var script = tools["aws___run_script"].GetProperty("inputSchema");
        script.GetProperty("properties").GetProperty("code").GetProperty("type").GetString().ShouldBe("string");
        script.GetProperty("properties").GetProperty("account_id").GetProperty("description").GetString()!.ShouldContain("in account 111111111111");
        script.GetProperty("required").EnumerateArray().Select(static name => name.GetString()).ShouldBe(["code"]);
        script.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();

        var regions = tools["aws___list_regions"];
        regions.GetProperty("inputSchema").GetProperty("properties").GetProperty("account_id").GetProperty("type").GetString().ShouldBe("string");
        (regions.GetProperty("title").GetString(), regions.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean()).ShouldBe(("Regions", true));
    }

    [Fact]
    public async Task A_tool_with_an_account_id_of_its_own_keeps_it()
    {
        await using var proxy = await TestProxy.StartAsync();
        var schema = (await ListAsync(proxy))["audit"].GetProperty("inputSchema");
        schema.GetProperty("properties").GetProperty("account_id").GetRawText().ShouldBe("""{"type":"integer"}""");
        schema.GetProperty("properties").GetProperty("centralops_account_id").GetProperty("type").GetString().ShouldBe("string");
        schema.GetProperty("maxProperties").GetInt32().ShouldBe(2);

        var client = await proxy.Connect().InitializeAsync();
        var told = await client.ToldAsync("audit", """{"account_id":7,"centralops_account_id":"222222222222"}""");
        (told.GetProperty("account").GetString(), told.GetProperty("arguments").GetRawText()).ShouldBe(("222222222222", """{"account_id":7}"""));
    }

    [Theory]
    [InlineData("aws___get_presigned_url")]
    [InlineData("share_object")]
    public async Task A_tool_that_gives_presigned_urls_is_not_called_either(string tool)
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        (await client.RefusedAsync(tool)).ShouldContain("presigned URLs");
        proxy.Server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_only_leaves_out_what_does_not_say_that_it_reads()
    {
        await using var proxy = await TestProxy.StartAsync(new() { Options = new() { ReadOnly = true } });
        (await ListAsync(proxy)).Keys.Order(StringComparer.Ordinal).ShouldBe(["audit", "aws___list_regions"]);
        (await (await proxy.Connect().InitializeAsync()).RefusedAsync("aws___run_script", """{"code":"1"}""")).ShouldContain("--read-only");
        proxy.Server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_tool_is_looked_for_in_a_new_list_and_then_unknown()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        var answer = await client.AskAsync("tools/call", """{"name":"aws___call_aws","arguments":{}}""");
        answer.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32602);
        answer.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("Unknown tool: aws___call_aws");
    }

    [Fact]
    public async Task Prompts_and_resources_that_the_server_does_not_know_are_none()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        (await client.AskAsync("prompts/list")).GetProperty("result").GetProperty("prompts").GetArrayLength().ShouldBe(0);
        (await client.AskAsync("resources/list")).GetProperty("result").GetProperty("resources").GetArrayLength().ShouldBe(0);
        (await client.AskAsync("resources/templates/list")).GetProperty("result").GetProperty("resourceTemplates").GetArrayLength().ShouldBe(0);
        (await client.AskAsync("prompts/get", """{"name":"x"}""")).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32601);
    }

    private static async Task<Dictionary<string, JsonElement>> ListAsync(TestProxy proxy)
    {
        var client = await proxy.Connect().InitializeAsync();
        return (await client.AskAsync("tools/list")).GetProperty("result").GetProperty("tools").EnumerateArray()
            .ToDictionary(static tool => tool.GetProperty("name").GetString()!, StringComparer.Ordinal);
    }
}
