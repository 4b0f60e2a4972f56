using System.Collections.Frozen;

namespace CentralOps.Gateway.Serving;

/// <summary>A gateway, compiled: what is served for it, by path.</summary>
internal sealed record ServedGateway(GatewayConfig Config, FrozenDictionary<string, IEndpoint> Endpoints);
