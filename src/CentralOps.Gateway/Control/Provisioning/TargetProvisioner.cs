using System.Text.Json.Nodes;
using CentralOps.Gateway.Control.Served;
using CentralOps.Gateway.Control.Targets;
using CentralOps.Gateway.Serving;
using CentralOps.Gateway.Synchronizing;

namespace CentralOps.Gateway.Control.Provisioning;

/// <summary>Finds out what a target offers: from its schema, from the server itself, or from this process.</summary>
internal sealed class TargetProvisioner(ControlContext context)
{
    private readonly SchemaLoader _schemas = new(context.Options);

    public async ValueTask<SyncOutcome> ProvisionAsync(JsonObject gateway, Resource target, CancellationToken cancellationToken)
    {
        var config = ServedTargets.Read(target.Id, target.Body, TargetCatalog.Empty);
        return config.Endpoint switch
        {
            TargetEndpoint.Lambda => await ReadSchemaAsync(config, target.Body.At("targetConfiguration", "mcp", "lambda", "toolSchema")!, cancellationToken),
            TargetEndpoint.McpServer { Listing: ListingMode.Dynamic } => new SyncOutcome.Synchronized(TargetCatalog.Empty, []),
            TargetEndpoint.McpServer => await context.Options.Synchronizer.SynchronizeAsync(ServedGateways.Read(gateway, context.Options), config, cancellationToken),
            TargetEndpoint.Builtin builtin when context.Options.Builtins.TryGetValue(builtin.Name, out var catalog) => new SyncOutcome.Synchronized(catalog, LongNames(config.Name, catalog)),
            _ => new SyncOutcome.Failed($"There are no tools '{target.Body.TextAt("targetConfiguration", "mcp", "connector", "source", "connectorId")}' in this process."),
        };
    }

    private async ValueTask<SyncOutcome> ReadSchemaAsync(TargetConfig config, JsonNode toolSchema, CancellationToken cancellationToken)
    {
        var (schema, reason) = await _schemas.LoadAsync(toolSchema, cancellationToken);
        if (reason is not null)
        {
            return new SyncOutcome.Failed(reason);
        }

        var problems = ToolSchema.Read(schema, config.Name, out var catalog);
        return problems.Count > 0 ? new SyncOutcome.Failed(string.Join(' ', problems)) : new SyncOutcome.Synchronized(catalog, LongNames(config.Name, catalog));
    }

    private static string[] LongNames(string targetName, TargetCatalog catalog)
    {
        var names = catalog.Tools.Select(tool => $"{targetName}___{tool.Name}").Where(static name => name.Length > Limits.BedrockToolName).ToList();
        return names.Count == 0
            ? []
            : [$"{names.Count} of the target's tools have names of more than {Limits.BedrockToolName} characters with '{targetName}___' before them, which agents on Bedrock do not take, such as {names.MaxBy(static name => name.Length)}. Shorten the target's or the tools' names."];
    }
}
