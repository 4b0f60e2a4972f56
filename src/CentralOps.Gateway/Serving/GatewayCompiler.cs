using System.Collections.Frozen;
using CentralOps.Access.Callers;
using CentralOps.Gateway.Callers;
using CentralOps.Gateway.Catalog;
using CentralOps.Gateway.Discovery;
using CentralOps.Gateway.Interceptors;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Targets;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Serving;

/// <summary>Makes of a gateway's configuration what serves it.</summary>
internal sealed class GatewayCompiler(GatewayOptions options, TargetPool targets)
{
    private readonly CallersFactory _callers = new(options);

    /// <param name="problems">Receives a sentence for each thing that is wrong; what is returned is not to be served then.</param>
    public ServedGateway Compile(GatewayConfig gateway, List<string> problems)
    {
        GatewayRules.Check(gateway, options, problems);
        if (problems.Count > 0)
        {
            return new(gateway, FrozenDictionary<string, IEndpoint>.Empty, Search: null);
        }

        var content = new CatalogReader(target => targets.Open(gateway, target), options.Logging.CreateLogger<CatalogReader>()).Read(gateway, problems);
        var version = typeof(GatewayServer).Assembly.GetName().Version!.ToString(3);
        var server = new ServerIdentity(gateway.Name, version, gateway.Instructions, gateway.SupportedVersions) { HasPromptsAndResources = content.HasMcpServers };
        var search = ToolSearch.Of(gateway, options);
        search?.Track(content.Tools);
        var catalog = new ToolCatalog(content, SightOf(gateway), search, gateway.Switches.ListPaging, server);
        var results = new ToolResult(server, gateway.Debug);
        var hosts = new HostRules(options.Address, options.AllowedHosts, options.AllowedOrigins);
        var endpoint = new McpEndpoint(
            hosts,
            _callers.Of(gateway),
            new VersionRules(gateway.SupportedVersions),
            server,
            new Lists(catalog, server, options.Logging.CreateLogger<Lists>()),
            new ToolCalls(catalog, results, options.Logging.CreateLogger<ToolCalls>()),
            new Forwards(catalog, results, options.Logging.CreateLogger<Forwards>()),
            InterceptorChain.Of(gateway, targets.Invoker, options.Logging),
            gateway.ResponseStreaming,
            options.Logging.CreateLogger<McpEndpoint>());
        return new(gateway, _callers.Documents(gateway, hosts).Append(new(PathOf(gateway), endpoint)).ToFrozenDictionary(StringComparer.Ordinal), search);
    }

    public static string PathOf(GatewayConfig gateway) => $"/{gateway.GatewayId}/mcp";

    private Func<Caller, ToolSight> SightOf(GatewayConfig gateway)
    {
        var sets = new ToolSetRules(gateway.ToolSets);
        Func<Caller, ToolSight> bySets = sets.AreNone ? static _ => ToolSight.All : caller => new ToolSight(sets.PatternsOf(caller));
        return options.Access is { } rules ? caller => new ToolSight(bySets(caller), rules, caller) : bySets;
    }
}
