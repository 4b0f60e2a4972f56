using System.Collections.Concurrent;
using CentralOps.Access.Callers;
using CentralOps.Aws.Calls;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>A gateway of CUSTOM_JWT before a provider of ours, and who called its one tool.</summary>
internal sealed class JwtGateway : IAsyncDisposable
{
    private JwtGateway(TestGateway gateway, ConcurrentQueue<Caller> callers, TestLogs logs) => (Gateway, Callers, Logs) = (gateway, callers, logs);

    public TestGateway Gateway { get; }

    public ConcurrentQueue<Caller> Callers { get; }

    public TestLogs Logs { get; }

    public static async Task<JwtGateway> StartAsync(
        TestIssuer issuer,
        TimeProvider time,
        Func<CustomJwtConfig, CustomJwtConfig>? demand = null,
        Func<GatewayConfig, GatewayConfig>? configure = null,
        Func<GatewayOptions, GatewayOptions>? serve = null)
    {
        var (callers, logs) = (new ConcurrentQueue<Caller>(), new TestLogs());
        var jwt = new CustomJwtConfig { DiscoveryUrl = issuer.DiscoveryUrl };
        var config = TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo"))) with
        {
            Authorizer = GatewayAuthorizer.CustomJwt,
            CustomJwt = demand is null ? jwt : demand(jwt),
        };
        var target = new TestTarget((invocation, _) =>
        {
            callers.Enqueue(invocation.Caller);
            return new(TargetAnswer.Of("1"u8.ToArray()));
        });
        var options = TestGateway.Options(configure is null ? config : configure(config), target) with
        {
            Time = time,
            Logging = logs,
            Discovery = new HttpMessageInvoker(AwsHttp.CreateHandler()),
        };
        return new(await TestGateway.StartAsync(serve is null ? options : serve(options)), callers, logs);
    }

    public Task<McpAnswer> CallAsync(string token) => Gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), ("Authorization", $"Bearer {token}"));

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
