using System.Net;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Serving;

public sealed class StartTests
{
    private static GatewayOptions Valid { get; } = TestGateway.Options(TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo"))));

    [Fact]
    public async Task The_url_is_on_loopback_and_ends_in_mcp()
    {
        await using var gateway = await TestGateway.StartAsync();

        gateway.Url.ToString().ShouldMatch($"^http://127\\.0\\.0\\.1:\\d+/{TestGateway.Id}/mcp$");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_sentence()
    {
        await using var first = await TestGateway.StartAsync();

        var refused = await Should.ThrowAsync<GatewayStartException>(() => TestGateway.StartAsync(Valid with { Port = first.Url.Port }));

        refused.Message.ShouldBe($"Port {first.Url.Port} on 127.0.0.1 is taken by another process. Stop it, or choose another port.");
    }

    [Fact]
    public async Task A_port_is_free_again_once_the_gateway_is_disposed()
    {
        var first = await TestGateway.StartAsync();
        var port = first.Url.Port;
        await first.DisposeAsync();

        await using var second = await TestGateway.StartAsync(Valid with { Port = port });
        second.Url.Port.ShouldBe(port);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public async Task Nobody_may_call_unauthenticated_from_the_network(string address)
    {
        var refused = await Should.ThrowAsync<GatewayStartException>(() => TestGateway.StartAsync(Valid with { Address = IPAddress.Parse(address) }));

        refused.Message.ShouldBe($"Authorizer NONE on {address} would let anybody on the network in. Listen on 127.0.0.1, or use AWS_IAM.");
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_at_once()
    {
        var target = TestGateway.Target("bad_name", TestGateway.Tool("a b"), TestGateway.Tool("twice"), TestGateway.Tool("twice")) with { TargetId = "short", Endpoint = new TargetEndpoint.Lambda("arn:aws:s3:::bucket") };
        var config = TestGateway.Config(target, target) with
        {
            GatewayId = "../evil",
            Name = "a--b",
            Instructions = "",
            SupportedVersions = ["2024-11-05"],
            Authorizer = GatewayAuthorizer.AwsIam,
        };
        var options = TestGateway.Options(config) with { Gateway = config, Port = 70000, ThrottleWait = TimeSpan.FromHours(1), InvocationTimeout = TimeSpan.Zero };

        var problems = (await Should.ThrowAsync<GatewayStartException>(() => TestGateway.StartAsync(options))).Message;

        foreach (var word in new[] { "GatewayId", "Name 'a--b'", "Instructions", "SupportedVersions", "needs access keys", "Port 70000", "ThrottleWait", "InvocationTimeout", "different names", "TargetId 'short'", "'bad_name'", "LambdaArn", "'a b'" })
        {
            problems.ShouldContain(word);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("a--b")]
    [InlineData("-a")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    public async Task A_gateway_id_has_to_fit_a_path(string id)
    {
        var options = TestGateway.Options(TestGateway.Config() with { GatewayId = id });

        (await Should.ThrowAsync<GatewayStartException>(() => TestGateway.StartAsync(options))).Message.ShouldContain("GatewayId");
    }
}
