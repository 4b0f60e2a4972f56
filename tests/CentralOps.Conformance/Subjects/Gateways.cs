using System.Text.Json;
using CentralOps.Gateway;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Synchronizing;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Targets.McpServers;

namespace CentralOps.Conformance.Subjects;

/// <summary>Gateways for the suite to look at.</summary>
internal static class Gateways
{
    private static readonly GatewayConfig Config = new() { GatewayId = "conformance-abcdefghij", Name = "conformance", ResponseStreaming = true };

    /// <summary>One MCP server behind a gateway that shows its names as they are.</summary>
    /// <param name="versions">What the gateway may speak with the server.</param>
    /// <exception cref="InvalidOperationException">The server could not be synchronized.</exception>
    public static async Task<GatewayServer> BeforeAsync(Uri server, IReadOnlyList<string> versions, CancellationToken cancellationToken)
    {
        var servers = Servers(versions, new NoAws());
        var target = Target(server);
        var outcome = await new TargetSynchronizer(servers, TimeProvider.System).SynchronizeAsync(Config, target, cancellationToken);
        if (outcome is not SyncOutcome.Synchronized synchronized)
        {
            throw new InvalidOperationException($"The fixture could not be synchronized: {outcome}");
        }

        return await StartAsync(target with { Catalog = synchronized.Catalog }, servers, cancellationToken);
    }

    /// <summary>A gateway with tools of its own and no server behind it.</summary>
    public static Task<GatewayServer> WithBuiltinToolsAsync(CancellationToken cancellationToken)
    {
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"message":{"type":"string"}}}""");
        var tool = new ToolDefinition("echo", "Answers with its arguments.", schema.RootElement.Clone(), OutputSchema: null);
        var target = new TargetConfig
        {
            TargetId = "BUILTIN001",
            Name = "builtin",
            Endpoint = new TargetEndpoint.Builtin("echo"),
            Catalog = new() { Tools = [tool, tool with { Name = "echo_again" }] },
        };
        return StartAsync(target, Servers(ProtocolVersions.All, new NoAws()), cancellationToken);
    }

    /// <summary>The gateway's client of MCP servers.</summary>
    public static McpTargets Servers(IReadOnlyList<string> versions, ICredentialProviders providers) => new(new()
    {
        Http = OutboundHttp.Create(new OutboundRules { AllowLoopback = true }, TimeProvider.System),
        RoleCredentials = NoAws.CredentialsAsync,
        Providers = providers,
        Versions = versions,
        Timeout = TimeSpan.FromSeconds(20),
    });

    public static TargetConfig Target(Uri server) => new()
    {
        TargetId = "SUBJECT001",
        Name = "subject",
        Endpoint = new TargetEndpoint.McpServer(server.OriginalString),
        Credential = new OutboundCredential.None(),
    };

    private static Task<GatewayServer> StartAsync(TargetConfig target, McpTargets servers, CancellationToken cancellationToken) => GatewayServer.StartAsync(
        new GatewayOptions
        {
            Gateway = Config with { Targets = [target], Switches = new() { ToolPrefix = false } },
            Aws = NoAws.Client,
            RoleCredentials = NoAws.CredentialsAsync,
            Region = Config.Region,
            Builtins = new Dictionary<string, ITarget>(StringComparer.Ordinal) { ["echo"] = new EchoTarget() },
            McpServers = servers.Open,
        },
        cancellationToken);

    private sealed class EchoTarget : ITarget
    {
        // The invocation's memory is not ours to keep.
        public ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken) =>
            new(TargetAnswer.Of(invocation.Arguments.ToArray()));
    }
}
