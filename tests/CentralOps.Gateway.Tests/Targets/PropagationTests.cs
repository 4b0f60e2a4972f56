using System.Text.Json;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Targets;

/// <summary>What passes of a client's request to a target, and back.</summary>
public sealed class PropagationTests
{
    private static readonly PropagationConfig Allowed = new(["X-Tenant", "Mcp-Session-Id", "Content-Type", "Authorization"], ["stage", "qualifier"], ["X-Trace", "X-Bad"]);

    [Fact]
    public async Task Allowed_headers_and_parameters_reach_an_mcp_server_and_allowed_headers_come_back()
    {
        await using var peer = await McpPeer.StartAsync((received, context) =>
        {
            context.Response.Headers["X-Trace"] = "t-1";
            context.Response.Headers["X-Other"] = "no";
            context.Response.Headers["X-Bad"] = "";
            return context.ResultAsync(received, received.Method == "server/discover" ? """{"supportedVersions":["2026-07-28"]}""" : """{"content":[]}""");
        });
        var target = McpPeer.Open(peer.Url + "?qualifier=DEFAULT", config => config with { Propagation = Allowed });

        var answer = await target.CallAsync(Invocation("peer___t", "x=1&STAGE=a%20b%2B&qualifier=EVIL&stage=2", ("x-tenant", "acme"), ("X-Other", "no"), ("Content-Type", "text/evil"), ("Authorization", "Bearer mine"), ("Mcp-Session-Id", "chosen")), default);

        answer.Failure.ShouldBeNull(answer.Failure?.Detail);
        answer.Headers.ShouldBe([new("X-Trace", "t-1")]);
        var call = peer.Calls.Single();
        call.RawTarget.ShouldBe("/mcp?qualifier=DEFAULT&STAGE=a%20b%2B&stage=2");
        call.Header("X-Tenant").ShouldBe("acme");
        call.Header("Mcp-Session-Id").ShouldBe("chosen");
        call.Header("X-Other").ShouldBe("");
        call.Header("Content-Type").ShouldBe("application/json");
        call.Header("Authorization").ShouldBe("");
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1", "", "The header X-Tenant")]
    [InlineData("ä", "", "The header X-Tenant")]
    [InlineData("", "", "The header X-Tenant")]
    [InlineData("4097", "", "The header X-Tenant")]
    [InlineData("ok", "stage=a b", "The query parameter stage")]
    [InlineData("ok", "stage=a#b", "The query parameter stage")]
    public async Task What_is_allowed_and_cannot_pass_is_refused_by_name_before_anything_is_sent(string header, string query, string words)
    {
        await using var peer = await McpPeer.StartAsync((_, _) => Task.CompletedTask);
        var invocation = Invocation("peer___t", query, ("X-Tenant", header == "4097" ? new string('x', 4097) : header));

        var failure = (await peer.Open(config => config with { Propagation = Allowed }).CallAsync(invocation, default)).Failure;

        failure!.Kind.ShouldBe(TargetFailureKind.BadRequest);
        failure.Detail.ShouldStartWith(words);
        peer.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_function_gets_them_as_objects_of_its_client_context()
    {
        await using var lambda = await LambdaEndpoint.ReturningAsync("{}");
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Propagating);

        await PostAsync(gateway, "?stage=a%20b&other=1&stage=c+d", ("X-Tenant", "acme"), ("X-Other", "no"));

        var custom = lambda.Invocations.ShouldHaveSingleItem().Custom;
        custom.GetProperty("bedrockAgentCorePropagatedHeaders").GetRawText().ShouldBe("""{"X-Tenant":"acme"}""");
        custom.GetProperty("bedrockAgentCorePropagatedQueryParameters").GetRawText().ShouldBe("""{"stage":"a b,c d"}""");
    }

    [Fact]
    public async Task A_function_that_is_told_nothing_has_no_such_members()
    {
        await using var lambda = await LambdaEndpoint.ReturningAsync("{}");
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Propagating);

        await PostAsync(gateway, "?other=1");

        lambda.Invocations.Single().Custom.EnumerateObject().ShouldNotContain(member => member.Name.Contains("Propagated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_more_than_a_client_context_holds_is_refused_and_told_without_debug()
    {
        await using var lambda = await LambdaEndpoint.ReturningAsync("{}");
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Propagating);

        var answer = await PostAsync(gateway, "", ("X-Tenant", new string('x', 3000)));

        answer.GetProperty("isError").GetBoolean().ShouldBeTrue();
        answer.GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("larger than the 3583 bytes");
        lambda.Invocations.ShouldBeEmpty();
    }

    private static GatewayOptions Propagating(GatewayOptions options) => options with
    {
        Gateway = options.Gateway! with { Targets = [.. options.Gateway.Targets.Select(target => target with { Propagation = Allowed })] },
    };

    private static async Task<JsonElement> PostAsync(TestGateway gateway, string query, params (string, string)[] headers)
    {
        using var http = new McpHttp(new Uri(gateway.Url + query));
        return (await http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), headers)).Result;
    }

    private static ToolInvocation Invocation(string tool, string query, params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            dictionary[name] = value;
        }

        return new ToolInvocation(tool, "{}"u8.ToArray(), "1"u8.ToArray(), TestCallers.Somebody) { QueryString = query, Headers = dictionary };
    }
}
