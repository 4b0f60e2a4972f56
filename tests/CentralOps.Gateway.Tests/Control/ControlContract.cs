using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Control;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Synchronizing;
using CentralOps.Gateway.Tests.Control.Fixtures;
using CentralOps.Gateway.Tests.Storage;

namespace CentralOps.Gateway.Tests.Control;

/// <summary>What a control plane promises, whichever store it has, alone and with replicas: each fact runs on each store.</summary>
public abstract class ControlContract : IAsyncLifetime
{
    private const string Mcp = "https://mcp.example.com/mcp";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StubSynchronizer _servers = new();
    private readonly List<TestControl> _controls = [];
    private ControlStores _stores = null!;

    private protected abstract ControlStores NewStores();

    public Task InitializeAsync()
    {
        _stores = NewStores();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var control in _controls)
        {
            await control.DisposeAsync();
        }

        await _stores.DisposeAsync();
    }

    [StoreFact]
    public async Task What_is_changed_on_one_replica_is_served_by_the_other_and_the_rest_stays_the_same_instance()
    {
        var (one, other) = (await ReplicaAsync(), await ReplicaAsync());
        var still = await one.GatewayAsync("still");
        await one.TargetAsync(still, TestControl.Lambda("functions"));
        await using var served = new Served(other.Plane.Source);
        var first = await served.UntilAsync(gateways => gateways is [{ Targets.Count: 1 }]);
        var tool = first[0].Targets[0].Catalog.Tools.Single();
        (tool.Name, tool.Description, tool.InputSchema.GetProperty("required")[0].GetString()).ShouldBe(("echo", "Says it again.", "message"));

        _servers.Offer(Mcp, "one");
        var id = await one.GatewayAsync("main", more: ""","exceptionLevel":"DEBUG","protocolConfiguration":{"mcp":{"instructions":"Ask.","supportedVersions":["2025-06-18"]}}""");
        await one.TargetAsync(id, TestControl.Server("server", Mcp, ""","resourcePriority":5""", ""","metadataConfiguration":{"allowedRequestHeaders":["X-A"]}"""));
        var second = await served.UntilAsync(gateways => gateways is [_, { Targets.Count: 1 }]);
        second[0].ShouldBeSameAs(first[0]);
        var (gateway, target) = (second[1], second[1].Targets[0]);
        (gateway.GatewayId, gateway.Name, gateway.Authorizer, gateway.Debug, gateway.Instructions, gateway.Search).ShouldBe((id, "main", GatewayAuthorizer.AwsIam, true, "Ask.", false));
        gateway.SupportedVersions.ShouldBe(["2025-06-18"]);
        target.Endpoint.ShouldBe(new TargetEndpoint.McpServer(Mcp, ListingMode.Default, 5));
        target.Credential.ShouldBe(new OutboundCredential.None());
        target.Propagation.RequestHeaders.ShouldBe(["X-A"]);
        target.Catalog.Tools.Single().Listed!.Value.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean().ShouldBeTrue("what the server listed is kept whole");
        (target.Catalog.Prompts.Single().Name, target.Catalog.Resources.Single().Uri, target.Catalog.ResourceTemplates.Single().UriTemplate).ShouldBe(("hello", "file:///a", "file:///{x}"));

        // A synchronization that finds nothing new changes nothing that is served; a gateway's description is nothing that is served either, but is new.
        await SynchronizeAsync(one, id, target.TargetId);
        await one.DoAsync("PUT", $"/gateways/{id}/", TestControl.Gateway("main", more: ""","exceptionLevel":"DEBUG","protocolConfiguration":{"mcp":{"instructions":"Ask again."}}"""));
        var third = await served.UntilAsync(gateways => gateways is [_, { Instructions: "Ask again." }]);
        third[0].ShouldBeSameAs(first[0]);
        third[1].Targets[0].ShouldBeSameAs(target);
        third[1].SupportedVersions.ShouldBe(["2025-06-18"]);

        await one.UntilAsync($"/gateways/{id}/", "READY");
        await one.DoAsync("DELETE", $"/gateways/{id}/targets/{target.TargetId}/");
        await served.UntilAsync(gateways => gateways is [_, { Targets.Count: 0 }]);
        await one.GoneAsync($"/gateways/{id}/targets/{target.TargetId}/");
        await one.DoAsync("DELETE", $"/gateways/{id}/");
        (await served.UntilAsync(gateways => gateways.Count == 1))[0].ShouldBeSameAs(first[0]);
    }

    [StoreFact]
    public async Task A_change_is_served_by_the_other_replica_within_a_second()
    {
        var (one, other) = (await ReplicaAsync(), await ReplicaAsync());
        var id = await one.GatewayAsync();
        await using var served = new Served(other.Plane.Source);
        await served.UntilAsync(gateways => gateways.Count == 1);
        var slowest = TimeSpan.Zero;
        for (var round = 0; round < 5; round++)
        {
            await one.DoAsync("PUT", $"/gateways/{id}/", TestControl.Gateway("main", more: $$$""","protocolConfiguration":{"mcp":{"instructions":"{{{round}}}"}}"""));
            var started = TimeProvider.System.GetTimestamp();
            await served.UntilAsync(gateways => gateways[0].Instructions == $"{round}");
            slowest = TimeProvider.System.GetElapsedTime(started) is var took && took > slowest ? took : slowest;
            await one.UntilAsync($"/gateways/{id}/", "READY");
        }

        // A second is promised; a busy machine gets some more.
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [StoreFact]
    public async Task A_synchronization_that_fails_keeps_the_last_good_catalogue_and_an_update_that_fails_the_last_good_configuration()
    {
        var control = await ReplicaAsync();
        _servers.Offer(Mcp, "one", "two", "three");
        var id = await control.GatewayAsync();
        var target = await control.TargetAsync(id, TestControl.Server("server", Mcp));
        var path = $"/gateways/{id}/targets/{target["targetId"]}/";
        await using var served = new Served(control.Plane.Source);
        var good = (await served.UntilAsync(gateways => gateways is [{ Targets.Count: 1 }]))[0].Targets[0];

        _servers.Offer(Mcp, "one", "two:Changed.", "four");
        var synchronized = await SynchronizeAsync(control, id, good.TargetId);
        synchronized["statusReasons"]!.AsArray().Select(reason => (string)reason!).ShouldBe(["1 tool added: four", "1 tool changed: two", "1 tool removed: three"]);
        good = (await served.UntilAsync(gateways => gateways[0].Targets[0].Catalog.Tools.Any(tool => tool.Name == "four")))[0].Targets[0];

        _servers.Answer(Mcp, new SyncOutcome.Failed("The server is on fire."));
        await control.DoAsync("PUT", $"/gateways/{id}/synchronizeTargets", $$"""{"targetIdList":["{{good.TargetId}}"]}""");
        var failed = await control.UntilAsync(path, "SYNCHRONIZE_UNSUCCESSFUL");
        ((string)failed["statusReasons"]![0]!).ShouldBe("The server is on fire.");
        await control.DoAsync("PUT", path, TestControl.Server("server", "https://other.example.com/mcp"));
        ((string)(await control.UntilAsync(path, "UPDATE_UNSUCCESSFUL"))["targetConfiguration"]!["mcp"]!["mcpServer"]!["endpoint"]!).ShouldBe("https://other.example.com/mcp");
        await control.GatewayAsync("another");
        (await served.UntilAsync(gateways => gateways.Count == 2))[0].Targets[0].ShouldBeSameAs(good);

        _servers.Offer("https://other.example.com/mcp", "five");
        await control.DoAsync("PUT", path, TestControl.Server("renamed", "https://other.example.com/mcp"));
        await control.UntilAsync(path, "READY");
        var now = (await served.UntilAsync(gateways => gateways[0].Targets[0].Name == "renamed"))[0].Targets[0];
        now.Catalog.Tools.Single().Name.ShouldBe("five");
    }

    [StoreFact]
    public async Task Of_many_that_create_one_name_at_once_one_wins_and_one_token_makes_one_gateway()
    {
        var (one, other) = (await ReplicaAsync(), await ReplicaAsync());
        var named = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? one : other).SendAsync("POST", "/gateways/", TestControl.Gateway("same"))));
        named.Count(answer => answer.Status == 202).ShouldBe(1);
        foreach (var loser in named.Where(answer => answer.Status != 202))
        {
            loser.Is(409, "ConflictException");
        }

        var token = ""","clientToken":"0123456789abcdef0123456789abcdef-t" """;
        var repeated = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? one : other).SendAsync("POST", "/gateways/", TestControl.Gateway("once", more: token))));
        repeated.ShouldAllBe(answer => answer.Status == 202);
        repeated.Select(answer => (string)answer.Json["gatewayId"]!).Distinct().Count().ShouldBe(1);
        (await other.SendAsync("POST", "/gateways/", TestControl.Gateway("once", "NONE", token))).Is(400, "ValidationException").Reason.ShouldBe("IdempotentParameterMismatchException");
        ((JsonArray)(await one.DoAsync("GET", "/gateways/"))["items"]!).Count.ShouldBe(2);
    }

    [StoreFact]
    public async Task Five_target_operations_run_at_once_and_the_sixth_waits()
    {
        var control = await ReplicaAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _servers.Answer(Mcp, async cancellationToken =>
        {
            await release.Task.WaitAsync(cancellationToken);
            return new SyncOutcome.Synchronized(StubSynchronizer.Catalog("one"), []);
        });
        var id = await control.GatewayAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => control.SendAsync("POST", $"/gateways/{id}/targets/", TestControl.Server($"t{i}", Mcp))));
        answers.Count(answer => answer.Status == 202).ShouldBe(5);
        foreach (var refused in answers.Where(answer => answer.Status != 202))
        {
            refused.Is(429, "ThrottlingException").Message.ShouldContain("5 concurrent target operations");
        }

        release.SetResult();
        foreach (var created in answers.Where(answer => answer.Status == 202))
        {
            await control.UntilAsync($"/gateways/{id}/targets/{created.Json["targetId"]}/", "READY");
        }

        await control.TargetAsync(id, TestControl.Server("t8", Mcp));
    }

    [StoreFact]
    public async Task What_a_control_plane_left_undone_the_next_one_does()
    {
        var stuck = new StubSynchronizer();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stuck.Answer(Mcp, async cancellationToken =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new SyncOutcome.Failed("never");
        });
        var first = await TestControl.StartAsync(await _stores.OpenAsync(), servers: stuck);
        var id = await first.GatewayAsync();
        var created = await first.DoAsync("POST", $"/gateways/{id}/targets/", TestControl.Server("server", Mcp));
        await asked.Task.WaitAsync(Patience);
        await first.DisposeAsync();

        _servers.Offer(Mcp, "one");
        var second = await ReplicaAsync();
        await second.UntilAsync($"/gateways/{id}/targets/{created["targetId"]}/", "READY");
    }

    [StoreFact]
    public async Task Secrets_are_opened_for_targets_and_stand_nowhere_in_the_store()
    {
        var store = await _stores.OpenAsync();
        var control = await ReplicaAsync(store);
        const string Provider = "/identities/CreateOauth2CredentialProvider";
        const string Oauth = """
            {"name":"idp","credentialProviderVendor":"CustomOauth2","oauth2ProviderConfigInput":{"customOauth2ProviderConfig":{"clientId":"id","clientSecret":"SECRET-one",
            "clientAuthenticationMethod":"CLIENT_SECRET_POST","oauthDiscovery":{"authorizationServerMetadata":{"issuer":"https://idp.example.com","authorizationEndpoint":"https://idp.example.com/a","tokenEndpoint":"https://idp.example.com/t"}}}}}
            """;
        var arn = (string)(await control.DoAsync("POST", Provider, Oauth))["credentialProviderArn"]!;
        var client = (await control.Plane.CredentialProviders.FindOAuthAsync(arn, default))!;
        (client.ClientId, client.ClientSecret.Reveal(), client.Authentication, client.DiscoveryUrl, client.Issuer, client.TokenEndpoint)
            .ShouldBe(("id", "SECRET-one", OAuthClientAuthentication.ClientSecretPost, null, "https://idp.example.com", "https://idp.example.com/t"));
        await control.DoAsync("POST", "/identities/UpdateOauth2CredentialProvider", Oauth.Replace("SECRET-one", "SECRET-two", StringComparison.Ordinal));

        // The other ARN that AWS's own model has for it finds it too.
        var updated = (await control.Plane.CredentialProviders.FindOAuthAsync(arn.Replace("bedrock-agentcore", "acps", StringComparison.Ordinal), default))!;
        (updated.ClientSecret.Reveal(), updated.Version > client.Version).ShouldBe(("SECRET-two", true));
        await control.DoAsync("POST", "/identities/UpdateOauth2CredentialProvider", Oauth.Replace(@"""clientSecret"":""SECRET-one"",", "", StringComparison.Ordinal));
        (await control.Plane.CredentialProviders.FindOAuthAsync(arn, default))!.ClientSecret.Reveal().ShouldBe("SECRET-two", "what is not given stays");

        var key = (string)(await control.DoAsync("POST", "/identities/CreateApiKeyCredentialProvider", """{"name":"key","apiKey":"SECRET-key"}"""))["credentialProviderArn"]!;
        (await control.Plane.CredentialProviders.FindApiKeyAsync(key, default))!.Reveal().ShouldBe("SECRET-key");
        (await control.Plane.CredentialProviders.FindApiKeyAsync(arn, default)).ShouldBeNull("of the other kind");
        (await control.Plane.CredentialProviders.FindApiKeyAsync(key.Replace("111111111111", "222222222222", StringComparison.Ordinal), default)).ShouldBeNull("of another account");
        foreach (var kind in (string[])["oauth2-provider", "api-key-provider", "secret", "client-token"])
        {
            foreach (var document in await store.ListAsync(kind, null, null, 100, default))
            {
                System.Text.Encoding.Latin1.GetString(document.Body.Span).ShouldNotContain("SECRET-");
            }
        }

        await control.DoAsync("POST", "/identities/DeleteApiKeyCredentialProvider", """{"name":"key"}""");
        (await control.Plane.CredentialProviders.FindApiKeyAsync(key, default)).ShouldBeNull();
        (await store.FindAsync("secret", key, default)).ShouldBeNull();
    }

    [StoreFact]
    public async Task Pages_are_stable_while_others_write_and_foreign_tokens_are_refused()
    {
        var control = await ReplicaAsync();
        for (var i = 0; i < 7; i++)
        {
            await control.DoAsync("POST", "/identities/CreateWorkloadIdentity", $$"""{"name":"agent-{{i}}"}""");
        }

        var seen = new List<string>();
        string? token = null;
        var extra = 0;
        do
        {
            var page = await control.DoAsync("POST", "/identities/ListWorkloadIdentities", $$"""{"maxResults":3{{(token is null ? "" : $",\"nextToken\":{JsonSerializer.Serialize(token)}")}}}""");
            seen.AddRange(page["workloadIdentities"]!.AsArray().Select(identity => (string)identity!["name"]!));
            await control.DoAsync("POST", "/identities/CreateWorkloadIdentity", $$"""{"name":"late-{{extra++}}"}""");
            token = (string?)page["nextToken"];
        }
        while (token is not null && extra < 20);

        seen.Take(7).ShouldBe(Enumerable.Range(0, 7).Select(i => $"agent-{i}"));
        seen.Distinct().Count().ShouldBe(seen.Count);
        await control.GatewayAsync("a");
        await control.GatewayAsync("b");
        var foreign = (string)(await control.DoAsync("GET", "/gateways/?maxResults=1"))["nextToken"]!;
        (await control.SendAsync("POST", "/identities/ListWorkloadIdentities", $$"""{"nextToken":"{{foreign}}"}""")).Is(400, "ValidationException").Fields.ShouldBe(["nextToken"]);
        (await control.SendAsync("GET", "/gateways/?nextToken=garbage")).Is(400, "ValidationException").Fields.ShouldBe(["nextToken"]);
        (await control.DoAsync("GET", $"/gateways/?maxResults=1&nextToken={Uri.EscapeDataString(foreign)}"))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [StoreFact]
    public async Task A_gateway_takes_all_that_belongs_to_it_along()
    {
        var store = await _stores.OpenAsync();
        var control = await ReplicaAsync(store, options => options with { Switches = new ControlSwitches { DeleteGatewayWithTargets = DeleteGatewayWithTargets.Cascade } });
        var id = await control.GatewayAsync(more: ""","tags":{"a":"b"}""");
        for (var i = 0; i < 3; i++)
        {
            await control.TargetAsync(id, TestControl.Lambda($"t{i}"));
        }

        await control.DoAsync("POST", $"/gateways/{id}/rules", """{"priority":1,"actions":[{"routeToTarget":{"staticRoute":{"targetName":"t0"}}}]}""");
        await control.DoAsync("POST", $"/gateways/{id}/rate-limits", """{"dimensionKeys":["toolName"],"entries":[{"dimensions":{"toolName":"*"},"requests":[{"rate":1,"period":"second"}]}]}""");
        await control.DoAsync("PUT", $"/resourcepolicy/{Uri.EscapeDataString($"arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/{id}")}", """{"policy":"{\"Statement\":[]}"}""");
        await control.DoAsync("DELETE", $"/gateways/{id}/");
        await control.GoneAsync($"/gateways/{id}/");
        foreach (var kind in (string[])["gateway", "target", "served", "catalog", "work", "rule", "rate-limit", "workload-identity", "tags", "resource-policy"])
        {
            (await store.CountAsync(kind, null, default)).ShouldBe(0, kind);
        }

        await control.GatewayAsync();
    }

    [StoreFact]
    public async Task A_deleted_gateway_is_given_no_targets_however_close_they_come()
    {
        var store = await _stores.OpenAsync();
        var control = await ReplicaAsync(store);
        for (var round = 0; round < 5; round++)
        {
            var id = await control.GatewayAsync($"g{round}");
            var both = await Task.WhenAll(control.SendAsync("DELETE", $"/gateways/{id}/"), control.SendAsync("POST", $"/gateways/{id}/targets/", TestControl.Lambda("t")));
            both.Count(answer => answer.Status == 202).ShouldBeLessThanOrEqualTo(1);
            if (both[0].Status == 202)
            {
                await control.GoneAsync($"/gateways/{id}/");
                (await store.CountAsync("target", id, default)).ShouldBe(0);
            }
        }
    }

    private async Task<TestControl> ReplicaAsync(IStore? store = null, Func<ControlOptions, ControlOptions>? configure = null)
    {
        var control = await TestControl.StartAsync(store ?? await _stores.OpenAsync(), configure, _servers);
        _controls.Add(control);
        return control;
    }

    private static async Task<JsonObject> SynchronizeAsync(TestControl control, string gatewayId, string targetId)
    {
        var answer = await control.DoAsync("PUT", $"/gateways/{gatewayId}/synchronizeTargets", $$"""{"targetIdList":["{{targetId}}"]}""");
        ((string)answer["targets"]![0]!["status"]!).ShouldBe("SYNCHRONIZING");
        return await control.UntilAsync($"/gateways/{gatewayId}/targets/{targetId}/", "READY");
    }

    /// <summary>What a data plane would be told.</summary>
    private sealed class Served : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new(Patience * 2);
        private readonly IAsyncEnumerator<IReadOnlyList<GatewayConfig>> _changes;
        private bool _any;

        public Served(IGatewaySource source) => _changes = source.WatchAsync(_end.Token).GetAsyncEnumerator(_end.Token);

        public async Task<IReadOnlyList<GatewayConfig>> UntilAsync(Func<IReadOnlyList<GatewayConfig>, bool> holds)
        {
            while (!_any || !holds(_changes.Current))
            {
                _any = await _changes.MoveNextAsync();
            }

            return _changes.Current;
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _changes.DisposeAsync();
            _end.Dispose();
        }
    }
}

public sealed class ControlTests : ControlContract
{
    private protected override ControlStores NewStores() => new InMemory();
}

public sealed class ControlOnSqliteTests : ControlContract
{
    private protected override ControlStores NewStores() => new InSqlite();
}

public sealed class ControlOnPostgresTests : ControlContract
{
    private protected override ControlStores NewStores() => new InPostgres();
}
