namespace CentralOps.Access.ClientContext;

/// <summary>
/// Names in the <c>custom</c> map of the Lambda client context with which AgentCore Gateway, and ours, invokes a target. The gateway writes them,
/// the function reads them. The names are case-sensitive; the lower-case ones of AgentCore's preview are obsolete.
/// </summary>
public static class ClientContextNames
{
    /// <summary>The contract's version; its value is <c>1.0</c>.</summary>
    public const string MessageVersion = "bedrockAgentCoreMessageVersion";

    public const string AwsRequestId = "bedrockAgentCoreAwsRequestId";

    /// <summary>The JSON-RPC id of the call, as a string even where the id is a number.</summary>
    public const string McpMessageId = "bedrockAgentCoreMcpMessageId";

    public const string GatewayId = "bedrockAgentCoreGatewayId";

    public const string TargetId = "bedrockAgentCoreTargetId";

    /// <summary>The name the client called: <c>target___tool</c>. A function strips it through the first <c>___</c>.</summary>
    public const string ToolName = "bedrockAgentCoreToolName";

    /// <summary>An object, header name to value; absent when nothing is propagated.</summary>
    public const string PropagatedHeaders = "bedrockAgentCorePropagatedHeaders";

    /// <summary>An object, parameter name to value; absent when nothing is propagated.</summary>
    public const string PropagatedQueryParameters = "bedrockAgentCorePropagatedQueryParameters";
}
