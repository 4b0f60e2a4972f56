using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Conformance.Fixture;
using CentralOps.Conformance.Subjects;
using CentralOps.Gateway;
using CentralOps.Gateway.Synchronizing;
using CentralOps.Gateway.Targets;

namespace CentralOps.Conformance.Client;

/// <summary>
/// Does with the suite's server what a gateway does with a target: synchronizes it, then makes the calls that its callers might. What the suite
/// looks at is what comes over the wire.
/// </summary>
internal sealed class ClientDriver(Uri server, string version, JsonObject context)
{
    private const int MaxRounds = 4;

    private readonly GatewayConfig _gateway = new() { GatewayId = "conformance-client", Name = "conformance" };

    /// <returns>0; 1 where the server could not be synchronized or a call had no answer.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // The suite wants to see the revision that it names. A gateway tries the newest first.
        IReadOnlyList<string> versions = version == Versions.Stateless ? ProtocolVersions.All : [version];
        var (providers, credential) = await OwnersOAuthClient.ReadAsync(server, context, cancellationToken);
        var servers = Gateways.Servers(versions, providers);
        var target = Gateways.Target(server) with { Credential = credential };
        var outcome = await new TargetSynchronizer(servers, TimeProvider.System).SynchronizeAsync(_gateway, target, cancellationToken);
        if (outcome is not SyncOutcome.Synchronized { Catalog: var catalog })
        {
            await Console.Error.WriteLineAsync(outcome.ToString());
            return 1;
        }

        var opened = servers.Open(_gateway, target with { Catalog = catalog });
        var failed = await CallAsync(opened, Calls(catalog), cancellationToken) + await ForwardAsync(opened, catalog, cancellationToken);
        await ((IAsyncDisposable)opened).DisposeAsync();
        return failed == 0 ? 0 : 1;
    }

    /// <summary>What the suite wants called, else every tool.</summary>
    private IEnumerable<(string Tool, JsonObject Arguments)> Calls(TargetCatalog catalog)
    {
        if (context["toolCalls"] is JsonArray wanted)
        {
            return wanted.Select(call => (call!["name"]!.GetValue<string>(), call["arguments"]!.DeepClone().AsObject()));
        }

        return catalog.Tools.Select(tool => (tool.Name, tool.Name == "json_schema_echo" ? Echo(catalog) : SampleArguments.For(tool.InputSchema)));
    }

    /// <summary>A server that asks for a schema as we have it: it is another tool's.</summary>
    private static JsonObject Echo(TargetCatalog catalog) =>
        new() { ["schema"] = JsonObject.Create(catalog.Tools.First(tool => tool.Name != "json_schema_echo").InputSchema) };

    private async Task<int> CallAsync(IMcpTarget target, IEnumerable<(string Tool, JsonObject Arguments)> calls, CancellationToken cancellationToken)
    {
        var failed = 0;
        foreach (var (tool, arguments) in calls)
        {
            JsonObject? parameters = new() { ["name"] = tool, ["arguments"] = arguments, ["_meta"] = Meta() };
            for (var round = 0; parameters is not null && round < MaxRounds; round++)
            {
                var answer = await target.CallAsync(Invocation(tool, parameters, round), cancellationToken);
                failed += await TellAsync(tool, answer);
                parameters = answer is { Failure: null, Form: TargetAnswerForm.Result } ? Consent.Repeat(parameters, JsonNode.Parse(answer.Json.Span)!.AsObject()) : null;
            }
        }

        return failed;
    }

    private async Task<int> ForwardAsync(IMcpTarget target, TargetCatalog catalog, CancellationToken cancellationToken)
    {
        var requests = catalog.Prompts.Select(prompt => ("prompts/get", new JsonObject { ["name"] = "subject___" + prompt.Name, ["_meta"] = Meta() }))
            .Concat(catalog.Resources.Select(resource => ("resources/read", new JsonObject { ["uri"] = resource.Uri, ["_meta"] = Meta() })));
        var failed = 0;
        foreach (var (method, parameters) in requests)
        {
            var forward = new McpForward(method, Bytes(parameters), Caller.Local) { ProtocolVersion = version };
            failed += await TellAsync(method, await target.ForwardAsync(forward, cancellationToken));
        }

        return failed;
    }

    private ToolInvocation Invocation(string tool, JsonObject parameters, int round) =>
        new("subject___" + tool, Bytes(parameters["arguments"]!), Bytes(round), Caller.Local) { ProtocolVersion = version, Params = Bytes(parameters) };

    private static JsonObject Meta() => new() { [MetaNames.ClientCapabilities] = new JsonObject { ["elicitation"] = new JsonObject() } };

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static async Task<int> TellAsync(string what, TargetAnswer answer)
    {
        await Console.Out.WriteLineAsync($"{what}: {answer.Failure?.Detail ?? Encoding.UTF8.GetString(answer.Json.Span)}");
        return answer.Failure is null ? 0 : 1;
    }
}
