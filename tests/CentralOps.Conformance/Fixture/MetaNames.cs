namespace CentralOps.Conformance.Fixture;

/// <summary>Members of <c>_meta</c> that the stateless revision gives a meaning.</summary>
internal static class MetaNames
{
    public const string ProtocolVersion = "io.modelcontextprotocol/protocolVersion";
    public const string ClientCapabilities = "io.modelcontextprotocol/clientCapabilities";
    public const string LogLevel = "io.modelcontextprotocol/logLevel";
    public const string ServerInfo = "io.modelcontextprotocol/serverInfo";
    public const string SubscriptionId = "io.modelcontextprotocol/subscriptionId";
}
