using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols;

/// <summary>The protocols by kind.</summary>
public static class WireProtocols
{
    public static WireProtocol For(ProtocolKind kind) => throw new NotSupportedException("Not built yet.");
}
