namespace CentralOps.Proxy.Upstreams;

/// <summary>The IAM statement without which a confined session would not get to its MCP server.</summary>
/// <param name="Statement">A statement of a policy in JSON; null where the service has no action that we know of.</param>
internal sealed record UpstreamReach(string? Statement)
{
    /// <param name="resource">The ARN or pattern of what is reached; null where it is not known, which means any.</param>
    public static UpstreamReach Of(string service, string? resource) => new(service switch
    {
        // The server's own actions; what it does in the account is judged by the account's actions.
        "aws-mcp" => Allow("\"aws-mcp:*\"", "*"),
        "bedrock-agentcore" => Allow("\"bedrock-agentcore:InvokeAgentRuntime\",\"bedrock-agentcore:InvokeGateway\"", resource is null ? "*" : WithParts(resource)),
        "execute-api" => Allow("\"execute-api:Invoke\"", resource ?? "*"),
        // Since October 2025 a function URL asks for both; without the condition, every function could be invoked.
        "lambda" => Allow("\"lambda:InvokeFunctionUrl\"", "*") + ","
            + """{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"*","Condition":{"Bool":{"lambda:InvokedViaFunctionUrl":"true"}}}""",
        _ => null,
    });

    // A runtime's endpoints are resources below it.
    private static string WithParts(string resource) => resource.EndsWith('*') ? resource : resource + "*";

    private static string Allow(string actions, string resource) => $$"""{"Effect":"Allow","Action":[{{actions}}],"Resource":"{{resource}}"}""";
}
