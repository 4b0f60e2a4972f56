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
    ListPrompts,
    GetPrompt,
    ListResources,
    ListResourceTemplates,
    ReadResource,

    /// <summary>Any method under <c>notifications/</c>.</summary>
    Notification,
}
