using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using CentralOps.Gateway;
using CentralOps.Gateway.Targets;

namespace CentralOps.Bench.Calls;

/// <summary>A gateway whose one tool answers its own arguments in process: what the gateway itself costs.</summary>
internal static class EchoGateway
{
    public static async Task<int> ServeAsync(int port)
    {
        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        using var schema = JsonDocument.Parse("""
            {"type": "object", "properties": {"account_id": {"type": "string"}, "region": {"type": "string"}, "instance_ids": {"type": "array", "items": {"type": "string"}}, "limit": {"type": "integer"}}, "required": ["account_id"]}
            """);
        await using var gateway = await GatewayServer.StartAsync(
            new GatewayOptions
            {
                Port = port,
                Region = "us-east-1",
                Aws = new AwsClient(http, EndpointResolver.Default, TimeProvider.System, new AwsClientOptions()),
                RoleCredentials = _ => throw new InvalidOperationException("The echo calls nothing."),
                Builtins = new Dictionary<string, ITarget>(StringComparer.Ordinal) { ["echo"] = new Echo() },
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
                            Endpoint = new TargetEndpoint.Builtin("echo"),
                            Catalog = new TargetCatalog { Tools = [new ToolDefinition("echo", "Answers its arguments.", schema.RootElement, OutputSchema: null)] },
                        },
                    ],
                },
            },
            CancellationToken.None);
        var stopped = new TaskCompletionSource();
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stopped.TrySetResult();
        });
        await stopped.Task;
        return 0;
    }

    private sealed class Echo : ITarget
    {
        public ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken) => ValueTask.FromResult(TargetAnswer.Of(invocation.Arguments));
    }
}
