using System.Text.Json.Nodes;
using CentralOps.Aws.Credentials;
using CentralOps.Cli.Control;
using CentralOps.Cli.Tests.Control;
using CentralOps.Cli.Up.Provisioning;

namespace CentralOps.Cli.Tests.Up;

/// <summary>What is decided when a gateway is made stays as it is, whatever a later 'up' is told.</summary>
public sealed class GatewayProvisionerTests : IAsyncLifetime
{
    private ManagedGateways _managed = null!;
    private ControlSession _session = null!;

    public async Task InitializeAsync()
    {
        _managed = await ManagedGateways.StartAsync();
        _session = ControlSession.Of(new Uri(_managed.Url), new AwsCredentials("AKIANOBODY0000000000", "no-secret"), "us-east-1", TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        _session.Dispose();
        await _managed.DisposeAsync();
    }

    [Theory]
    [InlineData(true, "SEMANTIC")]
    [InlineData(false, null)]
    public async Task Search_is_had_or_not_from_the_first_start_on(bool search, string? searchType)
    {
        var first = await ApplyAsync(search);
        SearchType(await GetAsync(first)).ShouldBe(searchType);

        (await ApplyAsync(!search)).ShouldBe(first);

        var later = await GetAsync(first);
        SearchType(later).ShouldBe(searchType);
        ((string)later["status"]!).ShouldBe("READY");
    }

    [Fact]
    public async Task What_changed_besides_is_put_right_and_search_goes_back_with_it()
    {
        var id = await ApplyAsync(search: true);
        await _managed.RunAsync("gateway", "update", id, "--remove", "exceptionLevel");

        await ApplyAsync(search: false);

        var now = await GetAsync(id);
        ((string)now["exceptionLevel"]!, SearchType(now)).ShouldBe(("DEBUG", "SEMANTIC"));
    }

    private Task<string> ApplyAsync(bool search) => new GatewayProvisioner(_session).ApplyAsync(new GatewayPlan("main", "NONE", search, []), default);

    private Task<JsonObject> GetAsync(string id) => _session.CallAsync("GetGateway", new JsonObject { ["gatewayIdentifier"] = id }, default);

    private static string? SearchType(JsonObject gateway) => (string?)gateway["protocolConfiguration"]?["mcp"]?["searchType"];
}
