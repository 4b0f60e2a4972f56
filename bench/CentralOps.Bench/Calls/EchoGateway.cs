using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Signing;
using CentralOps.Gateway;
using CentralOps.Gateway.Targets;

namespace CentralOps.Bench.Calls;

/// <summary>A gateway whose tools answer their own arguments in process: what the gateway itself costs, by the way callers come in.</summary>
internal static class EchoGateway
{
    private static readonly AccessKey Key = new("AKIDBENCH0000000000", "not-a-secret-of-anybody", "arn:aws:iam::111111111111:role/Bench");

    /// <param name="auth">none or iam.</param>
    /// <param name="headers">The file that receives the headers of a call that is let in.</param>
    public static async Task<int> ServeAsync(int port, string auth, string headers, int tools)
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
                Keys = new OneKey(),
                Gateway = new GatewayConfig
                {
                    GatewayId = "bench-0123456789",
                    Name = "bench",
                    Authorizer = auth is "iam" ? GatewayAuthorizer.AwsIam : GatewayAuthorizer.None,
                    Targets = [Target(schema.RootElement, tools)],
                },
            },
            CancellationToken.None);
        CallHeaders.Write(headers, auth is "iam" ? CallHeaders.Signed(gateway.McpUrl, await File.ReadAllBytesAsync("bench/calls/echo.json"), Key) : []);
        return await Served.UntilTerminatedAsync();
    }

    private static TargetConfig Target(JsonElement schema, int tools) => new()
    {
        TargetId = "ECHO000001",
        Name = "echo",
        Endpoint = new TargetEndpoint.Builtin("echo"),
        Catalog = new TargetCatalog
        {
            Tools =
            [
                new ToolDefinition("echo", "Answers its arguments.", schema, OutputSchema: null),
                .. Enumerable.Range(1, tools - 1).Select(i => new ToolDefinition($"echo_{i}", $"Answers its arguments for the {i}th time.", schema, OutputSchema: null)),
            ],
        },
    };

    private sealed class Echo : ITarget
    {
        public ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken) => ValueTask.FromResult(TargetAnswer.Of(invocation.Arguments));
    }

    private sealed class OneKey : IAccessKeys
    {
        public bool TryFind(string accessKeyId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AccessKey? key)
        {
            key = string.Equals(accessKeyId, Key.Id, StringComparison.Ordinal) ? Key : null;
            return key is not null;
        }
    }
}
