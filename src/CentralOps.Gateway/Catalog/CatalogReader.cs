using CentralOps.Gateway.Schemas;
using CentralOps.Gateway.Serving;
using CentralOps.Gateway.Targets;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Catalog;

/// <summary>Compiles a gateway's configuration into its tools.</summary>
internal sealed partial class CatalogReader(Func<TargetConfig, ITarget> targetOf, ILogger<CatalogReader> log)
{
    /// <param name="problems">Receives a sentence for each thing that is wrong with a schema.</param>
    public IReadOnlyList<CatalogTool> Read(GatewayConfig gateway, List<string> problems)
    {
        var tools = new List<CatalogTool>();
        foreach (var config in gateway.Targets)
        {
            var target = targetOf(config);
            foreach (var definition in config.Catalog.Tools)
            {
                if (Read(config, definition, target, gateway.Switches, problems) is { } tool)
                {
                    tools.Add(tool);
                }
            }
        }

        return tools;
    }

    private CatalogTool? Read(TargetConfig config, ToolDefinition definition, ITarget target, CompatibilitySwitches switches, List<string> problems)
    {
        var name = $"{config.Name}___{definition.Name}";
        var arguments = SchemaReader.Read(definition.InputSchema, $"Input schema of {name}", problems);
        if (definition.OutputSchema is { } output)
        {
            _ = SchemaReader.Read(output, $"Output schema of {name}", problems);
        }

        if (arguments is null)
        {
            return null;
        }

        if (name.Length > Limits.BedrockToolName)
        {
            LongName(name, name.Length, Limits.BedrockToolName);
        }

        return new CatalogTool
        {
            Name = name,
            Description = definition.Description,
            TargetName = config.Name,
            Target = target,
            InputSchema = definition.InputSchema,
            IsSearchable = config.Endpoint is not TargetEndpoint.McpServer { Listing: ListingMode.Dynamic },
            Arguments = arguments,
            OutputSchema = switches.StructuredContent ? definition.OutputSchema : null,
        };
    }

    [LoggerMessage(LogLevel.Warning, "The tool name {Tool} has {Length} characters. Agents on Bedrock take {Limit} at most: shorten the target's or the tool's name.")]
    private partial void LongName(string tool, int length, int limit);
}
