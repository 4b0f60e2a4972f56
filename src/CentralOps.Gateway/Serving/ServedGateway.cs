using System.Collections.Frozen;
using CentralOps.Gateway.Discovery;

namespace CentralOps.Gateway.Serving;

/// <summary>A gateway, compiled: what is served for it, by path.</summary>
/// <param name="Search">Null where it has none; it makes embeddings behind its back until it is disposed.</param>
internal sealed record ServedGateway(GatewayConfig Config, FrozenDictionary<string, IEndpoint> Endpoints, ToolSearch? Search);
