using CentralOps.Proxy.Tests.Fixtures;

namespace CentralOps.Proxy.Tests.Serving;

public sealed class EraTests
{
    private const string StatelessMeta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";

    [Theory]
    [InlineData("2024-11-05", SigningServer.Handshake)]
    [InlineData("2025-03-26", SigningServer.Handshake)]
    [InlineData("2025-06-18", SigningServer.Handshake)]
    [InlineData("2025-11-25", SigningServer.Handshake)]
    [InlineData("2024-11-05", SigningServer.Stateless)]
    [InlineData("2025-11-25", SigningServer.Stateless)]
    public async Task Clients_with_a_handshake_reach_servers_of_either_era(string client, string server)
    {
        await using var proxy = await TestProxy.StartAsync();
        proxy.Server.Version = server;
        var connected = await proxy.Connect().InitializeAsync(client);
        var listed = (await connected.AskAsync("tools/list")).GetProperty("result");
        listed.GetProperty("tools").GetArrayLength().ShouldBe(3);
        listed.TryGetProperty("resultType", out _).ShouldBeFalse();
        (await connected.CallAsync("aws___list_regions")).TryGetProperty("resultType", out _).ShouldBeFalse();
        await connected.ToldAsync("aws___list_regions", """{"account_id":"222222222222"}""");
    }

    [Theory]
    [InlineData(SigningServer.Handshake)]
    [InlineData(SigningServer.Stateless)]
    public async Task Clients_without_a_handshake_reach_servers_of_either_era(string server)
    {
        await using var proxy = await TestProxy.StartAsync();
        proxy.Server.Version = server;
        var client = proxy.Connect();
        var discovered = (await client.AskAsync("server/discover", $"{{{StatelessMeta}}}")).GetProperty("result");
        discovered.GetProperty("supportedVersions").EnumerateArray().Select(static version => version.GetString()).ShouldContain("2026-07-28");
        discovered.GetProperty("resultType").GetString().ShouldBe("complete");
        var listed = (await client.AskAsync("tools/list", $"{{{StatelessMeta}}}")).GetProperty("result");
        (listed.GetProperty("resultType").GetString(), listed.GetProperty("cacheScope").GetString()).ShouldBe(("complete", "private"));
        var called = (await client.AskAsync("tools/call", $$"""{"name":"aws___list_regions","arguments":{"account_id":"222222222222"},{{StatelessMeta}}}""")).GetProperty("result");
        called.GetProperty("resultType").GetString().ShouldBe("complete");
        called.GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("222222222222");
        var refused = (await client.AskAsync("tools/call", $$"""{"name":"aws___get_presigned_url",{{StatelessMeta}}}""")).GetProperty("result");
        (refused.GetProperty("resultType").GetString(), refused.GetProperty("isError").GetBoolean()).ShouldBe(("complete", true));
    }

    [Fact]
    public async Task A_revision_that_nobody_knows_is_refused_with_those_that_are_spoken()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = proxy.Connect();
        var error = (await client.AskAsync("tools/list", """{"_meta":{"io.modelcontextprotocol/protocolVersion":"2031-01-01"}}""")).GetProperty("error");
        error.GetProperty("data").GetProperty("supported").EnumerateArray().Select(static version => version.GetString()).ShouldContain("2025-11-25");
        (await client.AskAsync("initialize", """{"protocolVersion":"2031-01-01"}""")).GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe("2025-11-25");
    }
}
