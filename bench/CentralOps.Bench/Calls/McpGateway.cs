using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using CentralOps.Gateway;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Targets.McpServers;

namespace CentralOps.Bench.Calls;

/// <summary>A gateway before one MCP server: what the hop costs.</summary>
internal static class McpGateway
{
    public static async Task<int> ServeAsync(int port, Uri server)
    {
        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        using var outbound = OutboundHttp.Create(OutboundRules.Strict with { AllowLoopback = true }, TimeProvider.System);
        using var schema = JsonDocument.Parse("""{"name":"echo","description":"Answers its arguments.","inputSchema":{"type":"object"}}""");
        var servers = new McpTargets(new McpTargetOptions { Http = outbound, RoleCredentials = _ => throw new InvalidOperationException("Nothing is signed."), Providers = new NoProviders() });
        await using var gateway = await GatewayServer.StartAsync(
            new GatewayOptions
            {
                Port = port,
                Region = "us-east-1",
                Aws = new AwsClient(http, EndpointResolver.Default, TimeProvider.System, new AwsClientOptions()),
                RoleCredentials = _ => throw new InvalidOperationException("Nothing is signed."),
                McpServers = servers.Open,
                Gateway = new GatewayConfig
                {
                    GatewayId = "bench-0123456789",
                    Name = "bench",
                    Targets =
                    [
                        new TargetConfig
                        {
                            TargetId = "ECHO000001",
                            Name = "echo",
                            Endpoint = new TargetEndpoint.McpServer(server.AbsoluteUri),
                            Credential = new OutboundCredential.None(),
                            Catalog = new TargetCatalog
                            {
                                Tools =
                                [
                                    new ToolDefinition("echo", "Answers its arguments.", schema.RootElement.GetProperty("inputSchema"), OutputSchema: null) { Listed = schema.RootElement },
                                ],
                            },
                        },
                    ],
                },
            },
            CancellationToken.None);
        return await Served.UntilTerminatedAsync();
    }

    private sealed class NoProviders : ICredentialProviders
    {
        public ValueTask<OAuthClient?> FindOAuthAsync(string providerArn, CancellationToken cancellationToken) => new((OAuthClient?)null);

        public ValueTask<Secret?> FindApiKeyAsync(string providerArn, CancellationToken cancellationToken) => new((Secret?)null);
    }
}
