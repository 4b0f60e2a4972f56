using CentralOps.Gateway.Schemas;
using CentralOps.Gateway.Serving;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Targets.McpServers;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Catalog;

/// <summary>Compiles a gateway's configuration into what it offers.</summary>
internal sealed partial class CatalogReader(Func<TargetConfig, ITarget> targetOf, ILogger<CatalogReader> log)
{
    /// <param name="problems">Receives a sentence for each thing that is wrong with a schema.</param>
    public GatewayContent Read(GatewayConfig gateway, List<string> problems)
    {
        var targets = gateway.Targets.Select(config => new CatalogTarget(config, targetOf(config), gateway.Switches.ToolPrefix)).ToArray();
        var kept = targets.Where(target => !target.IsLive).ToArray();
        return new(
            targets,
            [.. kept.SelectMany(target => ReadTools(target, gateway.Switches, problems)).DistinctBy(tool => tool.Name, StringComparer.Ordinal)],
            [.. kept.SelectMany(target => target.Config.Catalog.Prompts.Select(prompt => ListItem.Prompt(target, prompt))).DistinctBy(prompt => prompt.Key, StringComparer.Ordinal)],
            First(kept, target => target.Config.Catalog.Resources.Select(resource => ListItem.Of(target, resource.Uri, resource.Listed))),
            First(kept, target => target.Config.Catalog.ResourceTemplates.Select(template => ListItem.Of(target, template.UriTemplate, template.Listed))));
    }

    /// <summary>URIs carry no prefix: of those that clash, the one of the target with the lowest priority number stays, of equals the earlier target's.</summary>
    private static ListItem[] First(IEnumerable<CatalogTarget> targets, Func<CatalogTarget, IEnumerable<ListItem>> items) =>
        [.. targets.OrderBy(target => target.ResourcePriority).SelectMany(items).DistinctBy(item => item.Key, StringComparer.Ordinal)];

    private IEnumerable<CatalogTool> ReadTools(CatalogTarget target, CompatibilitySwitches switches, List<string> problems) =>
        target.Config.Catalog.Tools.Select(definition => Read(target, definition, switches, problems)).OfType<CatalogTool>();

    private CatalogTool? Read(CatalogTarget target, ToolDefinition definition, CompatibilitySwitches switches, List<string> problems)
    {
        var name = target.Shown(definition.Name);
        var qualified = target.Qualified(definition.Name);
        if (name.Length > Limits.BedrockToolName)
        {
            LongName(name, name.Length, Limits.BedrockToolName);
        }

        if (definition.Listed is { } listed)
        {
            // Any JSON Schema may stand there, and the server that wrote it checks against it.
            return new CatalogTool
            {
                Name = name,
                QualifiedName = qualified,
                Description = definition.Description,
                Target = target,
                InputSchema = definition.InputSchema,
                Listed = listed,
                Repeated = ParameterHeaders.TryRead(definition.InputSchema, out _) is { IsEmpty: false } repeated ? repeated : null,
            };
        }

        var arguments = SchemaReader.Read(definition.InputSchema, $"Input schema of {name}", problems);
        if (definition.OutputSchema is { } output)
        {
            _ = SchemaReader.Read(output, $"Output schema of {name}", problems);
        }

        return arguments is null
            ? null
            : new CatalogTool
            {
                Name = name,
                QualifiedName = qualified,
                Description = definition.Description,
                Target = target,
                InputSchema = definition.InputSchema,
                Arguments = arguments,
                OutputSchema = switches.StructuredContent ? definition.OutputSchema : null,
            };
    }

    [LoggerMessage(LogLevel.Warning, "The tool name {Tool} has {Length} characters. Agents on Bedrock take {Limit} at most: shorten the target's or the tool's name.")]
    private partial void LongName(string tool, int length, int limit);
}
