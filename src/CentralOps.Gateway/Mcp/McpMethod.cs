namespace CentralOps.Gateway.Mcp;

/// <summary>What a message asks for, of what a gateway knows.</summary>
internal enum McpMethod
{
    Unknown,
    Initialize,
    Discover,
    Ping,
    ListTools,
    CallTool,

    /// <summary>Any method under <c>notifications/</c>.</summary>
    Notification,
}
