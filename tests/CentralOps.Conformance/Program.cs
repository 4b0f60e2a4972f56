// The MCP target's client as the conformance suite's client under test: lists all that the server at the URL (the last argument) has, and calls it.
using System.Text.Json;
using CentralOps.Conformance;
using CentralOps.Gateway;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Synchronizing;
using CentralOps.Gateway.Targets.McpServers;

var asked = Environment.GetEnvironmentVariable("MCP_CONFORMANCE_PROTOCOL_VERSION");
var context = Environment.GetEnvironmentVariable("MCP_CONFORMANCE_CONTEXT") is { Length: > 0 } json ? JsonDocument.Parse(json).RootElement : default;
var servers = new McpTargets(new()
{
    Http = OutboundHttp.Create(new() { AllowLoopback = true }, TimeProvider.System),
    RoleCredentials = _ => throw new InvalidOperationException("No scenario is signed for."),
    Providers = new NoProviders(),
    Timeout = TimeSpan.FromSeconds(20),
    // A revision of the handshake era is spoken as a gateway speaks it that knows none newer.
    Versions = [.. ProtocolVersions.All.Where(version => asked is null || string.CompareOrdinal(version, asked) <= 0)],
});
var gateway = new GatewayConfig { GatewayId = "conformance-abcdefghij", Name = "conformance" };
var target = new TargetConfig { TargetId = "CONFORMANC", Name = "suite", Endpoint = new TargetEndpoint.McpServer(args[^1]), Credential = new OutboundCredential.None() };
var outcome = await new TargetSynchronizer(servers, TimeProvider.System).SynchronizeAsync(gateway, target, default);
if (outcome is not SyncOutcome.Synchronized synchronized)
{
    Console.Error.WriteLine(outcome);
    return 1;
}

foreach (var warning in synchronized.Warnings)
{
    Console.WriteLine(warning);
}

var caller = new Caller(servers.Open(gateway, target with { Catalog = synchronized.Catalog }), asked ?? ProtocolVersions.July2026);
return await caller.UseAsync(synchronized.Catalog, context) ? 0 : 1;
