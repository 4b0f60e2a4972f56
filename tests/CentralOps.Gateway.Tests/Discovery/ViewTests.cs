using System.Text;
using System.Text.Json;
using CentralOps.Gateway.Catalog;
using CentralOps.Gateway.Discovery;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Schemas;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Discovery;

/// <summary>Views of one gateway that see different tools.</summary>
public sealed class ViewTests
{
    private static readonly ServerIdentity Server = new("test", "1", null, ProtocolVersions.All);

    [Fact]
    public async Task A_view_finds_its_own_tools_and_answers_as_if_there_were_no_others()
    {
        var (public_, secret) = (Tool("a___list_buckets", "Lists buckets."), Tool("a___list_secret_buckets", "Lists secret buckets."));
        var search = new ToolSearch(10, quota: null, meaning: null);

        var alone = await SearchAsync(new CatalogView([public_], ListPaging.OnePage, Server, search), "secret buckets");
        var both = await SearchAsync(new CatalogView([public_, secret], ListPaging.OnePage, Server, search), "secret buckets");

        Names(both).ShouldBe(["a___list_secret_buckets", "a___list_buckets"]);
        Names(alone).ShouldBe(["a___list_buckets"]);

        // Nothing of what is hidden shows: not even in how the rest is ranked.
        alone.ShouldBe(await SearchAsync(new CatalogView([public_], ListPaging.OnePage, Server, search), "buckets secret"));
        (await SearchAsync(new CatalogView([], ListPaging.OnePage, Server, search), "secret")).ShouldBe("""{"tools":[]}""");
    }

    private static async Task<string> SearchAsync(CatalogView view, string query)
    {
        var tool = view.Find(new JsonToken(JsonTokenType.String, Encoding.UTF8.GetBytes($"\"{SearchTool.Name}\"")))!;
        var arguments = Encoding.UTF8.GetBytes($$"""{"query":"{{query}}"}""");
        var answer = await tool.Target.CallAsync(new ToolInvocation(tool.Name, arguments, "1"u8.ToArray(), null!), default);
        return Encoding.UTF8.GetString(answer.Json.Span);
    }

    private static string[] Names(string answer) =>
        [.. JsonDocument.Parse(answer).RootElement.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!)];

    private static CatalogTool Tool(string name, string description) => new()
    {
        Name = name,
        Description = description,
        TargetName = "a",
        Target = new TestTarget(),
        InputSchema = TestGateway.EchoSchema,
        Arguments = new SchemaNode { Type = SchemaType.Object },
    };
}
