using System.Text.Json;
using CentralOps.Accounts;
using CentralOps.Proxy.Wrapping;

namespace CentralOps.Proxy.Tests.Wrapping;

/// <summary>What the wrapper makes of a server's list: which tools need an account, and how that is shown.</summary>
public sealed class WrappedToolTests
{
    [Theory]
    [InlineData("""{"readOnlyHint":true,"openWorldHint":false}""", false)]
    [InlineData("""{"readOnlyHint":true,"openWorldHint":true}""", true)]
    [InlineData("""{"readOnlyHint":true}""", true)]
    [InlineData("""{"openWorldHint":false}""", true)]
    [InlineData("""{"readOnlyHint":false,"openWorldHint":false}""", true)]
    [InlineData("""{"readOnlyHint":"true","openWorldHint":"false"}""", true)]
    [InlineData("""[]""", true)]
    public void A_tool_needs_an_account_unless_it_says_that_it_only_reads_and_reaches_nothing_outside(string annotations, bool needs)
    {
        // The name says documentation; it decides nothing.
        var tool = Tool($$$"""{"name":"aws___search_documentation","inputSchema":{"type":"object"},"annotations":{{{annotations}}} }""");

        (tool!.Account is not null).ShouldBe(needs);
    }

    [Fact]
    public void A_setting_names_tools_that_need_none_by_their_whole_name()
    {
        const string Json = """{"name":"aws___list_regions","inputSchema":{"type":"object"}}""";

        Tool(Json, "aws___list_regions")!.Account.ShouldBeNull();
        Tool(Json, "list_regions")!.Account.ShouldBe("account_id");
        Tool(Json, "AWS___LIST_REGIONS")!.Account.ShouldBe("account_id");
    }

    [Fact]
    public void The_account_is_required_and_the_rest_of_the_schema_stays()
    {
        var tool = Tool("""{"name":"t","title":"T","inputSchema":{"type":"object","additionalProperties":false,"maxProperties":2,"properties":{"code":{"type":"string"}},"required":["code"]},"_meta":{"x":1}}""")!;

        using var shown = JsonDocument.Parse(tool.Json);
        shown.RootElement.GetProperty("title").GetString().ShouldBe("T");
        shown.RootElement.GetProperty("_meta").GetProperty("x").GetInt32().ShouldBe(1);
        var schema = shown.RootElement.GetProperty("inputSchema");
        schema.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        schema.GetProperty("maxProperties").GetInt32().ShouldBe(3);
        schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).ShouldBe(["account_id", "code"]);
        schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["account_id", "code"]);
    }

    [Fact]
    public void A_tool_with_an_account_id_of_its_own_keeps_it()
    {
        var tool = Tool("""{"name":"audit","inputSchema":{"type":"object","properties":{"account_id":{"type":"integer"}},"required":["account_id"]}}""")!;

        tool.Account.ShouldBe("centralops_account_id");
        using var shown = JsonDocument.Parse(tool.Json);
        shown.RootElement.GetProperty("inputSchema").GetProperty("properties").GetProperty("account_id").GetProperty("type").GetString().ShouldBe("integer");
    }

    [Theory]
    [InlineData("""{"name":"aws___get_presigned_url","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true,"openWorldHint":false}}""")]
    [InlineData("""{"name":"share","inputSchema":{"type":"object","properties":{"as_presigned_url":{"type":"boolean"}}}}""")]
    [InlineData("""{"inputSchema":{"type":"object"}}""")]
    [InlineData("""{"name":"","inputSchema":{"type":"object"}}""")]
    [InlineData("""{"name":"t"}""")]
    [InlineData("""{"name":"t","inputSchema":7}""")]
    [InlineData("""["t"]""")]
    public void What_gives_out_credentials_or_is_no_tool_is_not_passed_on(string json) => Tool(json).ShouldBeNull();

    private static WrappedTool? Tool(string json, params string[] without)
    {
        AccountId.TryParse("111111111111", out var home).ShouldBeTrue();
        using var document = JsonDocument.Parse(json);
        return WrappedTool.Of(document.RootElement, new WrapperOptions { Home = home, Role = "CentralOpsTargetRole", ToolsWithoutAccount = without.ToHashSet(StringComparer.Ordinal) });
    }
}
