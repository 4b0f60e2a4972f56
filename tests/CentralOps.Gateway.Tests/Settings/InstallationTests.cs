using System.Text.Json;
using CentralOps.Gateway.Settings;
using CentralOps.Gateway.Settings.Files;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Control.Fixtures;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Settings;

/// <summary>A whole gateway with settings, managed and called through its two doors.</summary>
public sealed class InstallationTests
{
    private const string Builtin = """{"name":"t","targetConfiguration":{"mcp":{"connector":{"source":{"connectorId":"centralops-builtin:tools"}}}}}""";

    [Fact]
    public async Task A_tool_set_of_the_settings_limits_list_and_call_of_the_gateway_that_it_names()
    {
        await using var host = await StartAsync("""
            gateways:
              - gateway: small
                tool_sets:
                  - {name: one, callers: "*", tools: "t___one"}
              - gateway: "*"
                switches: {tool_prefix: off}
            """);

        var small = await host.GatewayAsync("small");
        var whole = await host.GatewayAsync("whole");

        (await NamesAsync(small)).ShouldBe(["t___one"]);
        (await small.PostAsync(McpHttp.Call("{}", tool: "t___two"))).Code.ShouldBe(-32602);
        (await small.PostAsync(McpHttp.Call("{}", tool: "t___one"))).IsError.ShouldBeFalse();
        (await NamesAsync(whole)).ShouldBe(["one", "two"], "the switch of the other entry");
    }

    [Fact]
    public async Task Switches_of_the_installation_reach_both_planes()
    {
        await using var host = await StartAsync("switches: {tool_prefix: off, delete_gateway_with_targets: cascade}");

        var gateway = await host.GatewayAsync("main");

        (await NamesAsync(gateway)).ShouldBe(["one", "two"]);
        (await host.SendAsync("DELETE", $"/gateways/{host.LastId}/")).ShouldBe(202, "targets go with it");
    }

    [Fact]
    public async Task Embeddings_come_from_where_the_settings_say_with_the_key_of_the_variable_that_they_name_and_are_kept()
    {
        await using var endpoint = await EmbeddingEndpoint.StartAsync();
        await using var host = await StartAsync(
            $"search: {{embeddings: openai-compatible, url: \"{endpoint.Url}/v1/embeddings\", model: small, key_variable: TEST_KEY, dimensions: 8}}",
            name => name == "TEST_KEY" ? EmbeddingEndpoint.Key : null);

        await host.GatewayAsync("main", search: true);

        await Eventually.BecomesTrue(async () => await host.Store.CountAsync("embedding", null, default) == 2);
        endpoint.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_is_not_in_the_environment_is_told_at_the_start()
    {
        const string Text = "search: {embeddings: openai-compatible, url: \"https://api.example.com/v1/embeddings\", model: m, key_variable: TEST_KEY}";
        var told = (await Should.ThrowAsync<GatewayStartException>(() => StartAsync(Text))).Message;
        told.ShouldContain("TEST_KEY");
        (await Should.ThrowAsync<GatewayStartException>(() => StartAsync(Text, _ => "two words"))).Message.ShouldNotContain("two words");
    }

    private static async Task<string[]> NamesAsync(McpHttp gateway) =>
        [.. (await gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""")).Result.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!)];

    private static async Task<Host> StartAsync(string settings, Func<string, string?>? environment = null)
    {
        var store = new MemoryStore(TimeProvider.System);
        var serving = TestGateway.Options(TestGateway.Config()) with
        {
            Gateway = null,
            Builtins = new Dictionary<string, ITarget>(StringComparer.Ordinal) { ["tools"] = new TestTarget() },
        };
        return new Host(store, await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                Serving = serving,
                Store = store,
                Sealer = TestControl.NewSealer(),
                AccountId = "111111111111",
                BuiltinCatalogs = new Dictionary<string, TargetCatalog>(StringComparer.Ordinal) { ["tools"] = StubSynchronizer.Catalog("one", "two") },
                Settings = SettingsFile.Parse(settings, "gateway.yaml"),
                Environment = environment ?? (_ => null),
            },
            default));
    }

    private sealed class Host(MemoryStore store, GatewayHost host) : IAsyncDisposable
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
        private readonly List<McpHttp> _clients = [];

        public MemoryStore Store => store;

        public string LastId { get; private set; } = "";

        /// <summary>A gateway that is served with its target, and a client of it.</summary>
        public async Task<McpHttp> GatewayAsync(string name, bool search = false)
        {
            var more = search ? ""","protocolType":"MCP","protocolConfiguration":{"mcp":{"searchType":"SEMANTIC"}}""" : "";
            LastId = JsonDocument.Parse(await TextAsync("POST", "/gateways/", TestControl.Gateway(name, "NONE", more))).RootElement.GetProperty("gatewayId").GetString()!;
            await Eventually.BecomesTrue(async () => (await TextAsync("GET", $"/gateways/{LastId}/")).Contains("READY", StringComparison.Ordinal));
            (await SendAsync("POST", $"/gateways/{LastId}/targets/", Builtin)).ShouldBe(202);
            await Eventually.BecomesTrue(() => host.Server.Served(LastId) is { Targets.Count: 1 });
            var client = new McpHttp(host.Server.UrlOf(LastId));
            _clients.Add(client);
            return client;
        }

        public async Task<int> SendAsync(string method, string path, string? body = null)
        {
            using var response = await _http.SendAsync(Request(method, path, body));
            return (int)response.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            _clients.ForEach(static client => client.Dispose());
            _http.Dispose();
            await host.DisposeAsync();
        }

        private async Task<string> TextAsync(string method, string path, string? body = null)
        {
            using var response = await _http.SendAsync(Request(method, path, body));
            return await response.Content.ReadAsStringAsync();
        }

        private HttpRequestMessage Request(string method, string path, string? body) =>
            new(new HttpMethod(method), new Uri(host.ControlUrl, path)) { Content = body is null ? null : new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
    }
}
