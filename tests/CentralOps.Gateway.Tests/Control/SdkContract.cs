using System.Text.Json.Nodes;
using CentralOps.Aws.Signing;
using CentralOps.Gateway.Tests.Control.Fixtures;
using CentralOps.Gateway.Tests.Storage;

namespace CentralOps.Gateway.Tests.Control;

/// <summary>AWS's own SDK drives the control plane, on each store.</summary>
public abstract class SdkContract
{
    private protected abstract ControlStores NewStores();

    [StoreFact]
    public async Task The_SDK_drives_the_whole_life_of_gateways_targets_and_credential_providers()
    {
        await using var stores = NewStores();
        var servers = new StubSynchronizer();
        servers.Offer("https://mcp.example.com/mcp", "one", "two");
        await using var control = await TestControl.StartAsync(await stores.OpenAsync(), options => options with { Keys = new PeerKeys() }, servers);
        var peer = await ControlPeer.RunAsync("node", "control.mjs", control.Url.AbsoluteUri);

        control.Logs.Lines.Where(line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error).ShouldBeEmpty();
        Gateways(peer);
        Identities(peer);
        TargetsOf(peer);
        RulesAndLimits(peer);
        Refusals(peer);
        peer.Output.ShouldNotContain("SECRET-");
        control.Logs.Lines.ShouldAllBe(line => !line.Text.Contains("SECRET-", StringComparison.Ordinal));
    }

    private static void Gateways(ControlPeer peer)
    {
        var created = peer.Got("gateway create", 202);
        var id = (string)created["gatewayId"]!;
        id.ShouldMatch("^main-1-[0-9a-z]{10}$");
        ((string)created["status"]!).ShouldBe("CREATING");
        ((string)created["gatewayArn"]!).ShouldBe($"arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/{id}");
        ((string)created["gatewayUrl"]!).ShouldEndWith($"/{id}/mcp");
        ((string)created["workloadIdentityDetails"]!["workloadIdentityArn"]!).ShouldEndWith($"workload-identity/{id}");
        ((string)created["createdAt"]!).ShouldMatch("^20[0-9]{2}-.*Z$");

        var ready = peer.Got("gateway ready", 200);
        (((string)ready["description"]!), (string)ready["exceptionLevel"]!).ShouldBe(("é ✓", "DEBUG"));
        ready["tags"].ShouldBeNull();
        var updated = peer.Got("gateway updated");
        ((string)peer.Got("gateway update", 202)["status"]!).ShouldBe("UPDATING");
        (updated["description"], updated["exceptionLevel"]).ShouldBe((null, null), "a PUT replaces the whole");
        ((string)updated["protocolConfiguration"]!["mcp"]!["searchType"]!).ShouldBe("SEMANTIC", "what cannot change stays");
        ((string)updated["wafConfiguration"]!["failureMode"]!).ShouldBe("FAIL_OPEN");

        Same(peer.Got("gateway tags", 200), """{"tags":{"team":"ops"}}""");
        peer.Got("gateway tag", 204);
        peer.Got("gateway untag", 204);
        Same(peer.Got("gateway tags now"), """{"tags":{"a b":"c/d"}}""");
        peer.Got("policy put", 201);
        Same(peer.Got("policy get"), """{"same":true}""");
        peer.Got("policy delete", 204);
        peer.Failed("policy gone", "ResourceNotFoundException", 404);

        var list = peer.Got("gateway list");
        ((int)list["pages"]!, list["items"]!.AsArray().Count).ShouldBe((3, 6));
        list["items"]!.AsArray().Select(item => (string)item!["name"]!).ShouldBe(["Main-1", "twice", "page-0", "page-1", "page-2", "page-3"]);
        Same(peer.Got("gateway delete", 202), $$"""{"gatewayId":"{{id}}","status":"DELETING"}""");
        Same(peer.Got("gateway gone"), """{"gone":true}""");
    }

    private static void Identities(ControlPeer peer)
    {
        var key = peer.Got("key create", 201);
        ((string)key["credentialProviderArn"]!).ShouldBe("arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/apikeycredentialprovider/key");
        ((string)key["apiKeySecretArn"]!["secretArn"]!).ShouldStartWith("arn:aws:secretsmanager:us-east-1:111111111111:secret:bedrock-agentcore-identity!default/apikey/key-");
        ((string)peer.Got("key get", 200)["createdTime"]!).ShouldMatch("^20[0-9]{2}-");
        peer.Got("key update", 200);
        peer.Got("key list")["items"]!.AsArray().Count.ShouldBe(1);
        peer.Got("key delete", 204);

        var oauth = peer.Got("oauth create", 201);
        ((string)oauth["callbackUrl"]!).ShouldContain("/identities/oauth2/callback/");
        ((string)peer.Got("oauth update", 200)["callbackUrl"]!).ShouldBe((string)oauth["callbackUrl"]!);
        Same(oauth["oauth2ProviderConfigOutput"]!, """{"customOauth2ProviderConfig":{"oauthDiscovery":{"discoveryUrl":"https://idp.example.com/.well-known/openid-configuration"},"clientId":"id"}}""");
        Same(
            peer.Got("oauth google")["oauth2ProviderConfigOutput"]!,
            """{"googleOauth2ProviderConfig":{"oauthDiscovery":{"discoveryUrl":"https://accounts.google.com/.well-known/openid-configuration"},"clientId":"g"}}""");
        ((int)peer.Got("oauth list")["pages"]!).ShouldBe(2);
        peer.Failed("oauth deleted", "ResourceNotFoundException", 404);

        Same(peer.Got("vault get")["kmsConfiguration"]!, """{"keyType":"ServiceManagedKey"}""");
        ((string)peer.Got("vault set")["kmsConfiguration"]!["keyType"]!).ShouldBe("CustomerManagedKey");
        ((string)peer.Got("workload create", 201)["workloadIdentityArn"]!).ShouldEndWith("workload-identity-directory/default/workload-identity/agent");
        Same(peer.Got("workload update", 200)["allowedResourceOauth2ReturnUrls"]!, "[]");
        peer.Got("workload list")["items"]!.AsArray().Count.ShouldBe(2, "the gateway has one");
        peer.Got("workload delete", 204);
    }

    private static void TargetsOf(ControlPeer peer)
    {
        foreach (var name in (string[])["lambda", "builtin", "server-none", "server-role", "server-oauth", "server-key"])
        {
            var created = peer.Got($"{name} create", 202);
            ((string)created["status"]!, ((string)created["targetId"]!).Length).ShouldBe(("CREATING", 10));
            var ready = peer.Got($"{name} ready");
            ((string)ready["status"]!).ShouldBe("READY");
            ready["statusReasons"].ShouldBeNull();
            Same(ready["metadataConfiguration"]!, """{"allowedRequestHeaders":["X-Correlation-Id"]}""");
            (ready["lastSynchronizedAt"] is not null).ShouldBe(name.StartsWith("server", StringComparison.Ordinal));
        }

        var updated = peer.Got("target updated");
        (((string)updated["name"]!), (string)updated["status"]!, updated["metadataConfiguration"]).ShouldBe(("functions", "READY", null));
        Same(updated["statusReasons"]!, """["1 tool added: other","1 tool removed: echo"]""");
        var synchronizing = peer.Got("target sync", 202)["targets"]!.AsArray().Single()!;
        ((string)synchronizing["status"]!).ShouldBe("SYNCHRONIZING");
        ((string)peer.Got("target synced")["status"]!).ShouldBe("READY");
        var list = peer.Got("target list");
        ((int)list["pages"]!).ShouldBe(2);
        list["items"]!.AsArray().Select(item => $"{item!["name"]} {item["targetType"]} {item["listingMode"]}").ShouldBe(
            ["functions LAMBDA ", "builtin CONNECTOR ", "server-none MCP_SERVER DEFAULT", "server-role MCP_SERVER DEFAULT", "server-oauth MCP_SERVER DEFAULT", "server-key MCP_SERVER DEFAULT"]);
    }

    private static void RulesAndLimits(ControlPeer peer)
    {
        ((string)peer.Got("rule create", 202)["status"]!).ShouldBe("CREATING");
        ((string)peer.Got("rule get", 200)["status"]!).ShouldBe("ACTIVE");
        var updated = peer.Got("rule update", 202);
        ((int)updated["priority"]!, (string)updated["description"]!).ShouldBe((20, "first"), "a PATCH keeps what it leaves out");
        peer.Got("rule list")["items"]!.AsArray().Count.ShouldBe(1);
        ((string)peer.Got("rule delete", 202)["status"]!).ShouldBe("DELETING");

        ((double)peer.Got("limit create", 201)["entries"]![0]!["requests"]![0]!["rate"]!).ShouldBe(1.5);
        ((string)peer.Got("limit get", 200)["status"]!).ShouldBe("ACTIVE");
        ((double)peer.Got("limit update", 200)["entries"]![0]!["requests"]![0]!["rate"]!).ShouldBe(0);
        peer.Got("limit batch", 200)["rateLimits"]!.AsArray().Select(limit => (string)limit!["rateLimitId"]!).ShouldBe(["by-target", "by-tool"]);
        var list = peer.Got("limit list");
        ((int)list["pages"]!, list["items"]!.AsArray().Count).ShouldBe((2, 2));
        peer.Got("limit delete", 200);
    }

    private static void Refusals(ControlPeer peer)
    {
        var invalid = peer.Failed("error validation", "ValidationException", 400);
        ((string)invalid["reason"]!).ShouldBe("FieldValidationFailed");
        invalid["fields"]!.AsArray().Select(name => (string)name!).ShouldBe(["name", "roleArn", "description"], ignoreOrder: true);
        ((string)invalid["message"]!).ShouldStartWith("3 validation errors detected: ");
        ((string)invalid["message"]!).ShouldContain("Value 'under_score' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ([0-9a-zA-Z][-]?){1,48}");
        ((string)peer.Failed("error union", "ValidationException", 400)["message"]!).ShouldContain("Served are mcp.lambda, mcp.mcpServer");
        peer.Failed("error conflict", "ConflictException", 409);
        peer.Failed("error not found", "ResourceNotFoundException", 404);
        peer.Failed("error not empty", "ConflictException", 409);
        ((string)peer.Failed("error immutable", "ValidationException", 400)["message"]!).ShouldContain("Authorizer type cannot be updated for an existing gateway");
        ((string)peer.Got("token again")["gatewayId"]!).ShouldBe((string)peer.Got("token first")["gatewayId"]!);
        ((string)peer.Failed("token other", "ValidationException", 400)["reason"]!).ShouldBe("IdempotentParameterMismatchException");
        peer.Failed("error quota", "ServiceQuotaExceededException", 402);
        var signature = peer.FailedOtherwise("error signature");
        ((string)signature["name"]!, (int)signature["status"]!).ShouldBe(("InvalidSignatureException", 403));
        ((string)peer.Failed("error denied", "AccessDeniedException", 403)["message"]!).ShouldContain("is not authorized to perform: bedrock-agentcore:ListGateways");
    }

    private static void Same(JsonNode actual, string expected) => JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).ShouldBeTrue($"{actual.ToJsonString()} is not {expected}");

    private sealed class PeerKeys : IAccessKeys
    {
        public bool TryFind(string accessKeyId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AccessKey? key)
        {
            key = accessKeyId switch
            {
                "AKIDPEER" => new AccessKey(accessKeyId, "peer/secret", "arn:aws:iam::111111111111:user/peer"),
                "AKIDDENIED" => new AccessKey(accessKeyId, "denied/secret", "arn:aws:iam::111111111111:user/denied") { DeniedAction = "bedrock-agentcore:*" },
                _ => null,
            };
            return key is not null;
        }
    }
}

public sealed class SdkTests : SdkContract
{
    private protected override ControlStores NewStores() => new InMemory();
}

public sealed class SdkOnSqliteTests : SdkContract
{
    private protected override ControlStores NewStores() => new InSqlite();
}

public sealed class SdkOnPostgresTests : SdkContract
{
    private protected override ControlStores NewStores() => new InPostgres();
}
