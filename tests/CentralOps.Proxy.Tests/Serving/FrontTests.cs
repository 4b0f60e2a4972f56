using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Gateway;
using CentralOps.Gateway.Targets;
using CentralOps.Proxy.Tests.Fixtures;

namespace CentralOps.Proxy.Tests.Serving;

/// <summary>The proxy before servers other than AWS's own: a gateway that asks for IAM, and a function's URL.</summary>
public sealed class FrontTests
{
    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2025-03-26")]
    public async Task Before_our_own_gateway_whoever_signs_is_the_session_in_the_account(string version)
    {
        await using var proxy = await TestProxy.StartAsync(new() { Service = "bedrock-agentcore" });
        var callers = new List<string>();
        await using var gateway = await GatewayServer.StartAsync(
            new GatewayOptions
            {
                Gateway = new GatewayConfig
                {
                    GatewayId = "ops-abcdefghij",
                    Name = "ops",
                    Authorizer = GatewayAuthorizer.AwsIam,
                    Targets =
                    [
                        new TargetConfig
                        {
                            TargetId = "TARGET0001",
                            Name = "ec2",
                            Endpoint = new TargetEndpoint.Builtin("echo"),
                            Catalog = new() { Tools = [new("describe", "Describes.", JsonDocument.Parse("""{"type":"object","properties":{"account_id":{"type":"string"}}}""").RootElement, null)] },
                        },
                    ],
                },
                Region = "us-east-1",
                Keys = proxy.Keys,
                Aws = new AwsClient(new HttpMessageInvoker(AwsHttp.CreateHandler()), EndpointResolver.Default, TimeProvider.System, new AwsClientOptions()),
                RoleCredentials = static _ => new(new AwsCredentials("AKIDGATEWAY", "secret")),
                Builtins = new Dictionary<string, ITarget>(StringComparer.Ordinal) { ["echo"] = new Echo(callers) },
            },
            default);
        await using var before = proxy.Before(gateway.McpUrl.AbsoluteUri, "bedrock-agentcore");
        var client = await proxy.Connect(before).InitializeAsync(version);

        var listed = (await client.AskAsync("tools/list")).GetProperty("result").GetProperty("tools");
        listed[0].GetProperty("inputSchema").GetProperty("properties").TryGetProperty("centralops_account_id", out _).ShouldBeTrue();
        (await client.ToldAsync("ec2___describe", """{"account_id":"Production"}""")).GetProperty("account_id").GetString().ShouldBe("Production", "the tool's own argument");
        await client.ToldAsync("ec2___describe", """{"account_id":"Production","centralops_account_id":"222222222222"}""");
        callers.ShouldBe(["arn:aws:sts::111111111111:assumed-role/CentralOpsTargetRole/jane", "arn:aws:sts::222222222222:assumed-role/CentralOpsTargetRole/jane"]);
    }

    [Theory]
    [InlineData(SigningServer.Handshake)]
    [InlineData(SigningServer.Stateless)]
    public async Task Before_a_functions_url_requests_are_signed_for_lambda(string version)
    {
        await using var proxy = await TestProxy.StartAsync(new() { Service = "lambda" });
        proxy.Server.Version = version;
        var client = await proxy.Connect().InitializeAsync();
        (await client.ToldAsync("aws___run_script", """{"code":"1","account_id":"222222222222"}""")).GetProperty("account").GetString().ShouldBe("222222222222");
        proxy.Server.Received.ShouldNotBeEmpty("the server takes no signature but for its service");
    }

    private sealed class Echo(List<string> callers) : ITarget
    {
        public ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken)
        {
            callers.Add(invocation.Caller.Principal);
            return new(TargetAnswer.Of(invocation.Arguments.ToArray()));
        }
    }
}
