namespace CentralOps.Gateway;

/// <summary>AgentCore's <c>interceptorConfigurations</c>: a function that sees and may change what passes.</summary>
/// <param name="LambdaArn">The function.</param>
/// <param name="OnRequest">It is asked before the target.</param>
/// <param name="OnResponse">It is asked after the target.</param>
/// <param name="PassRequestHeaders">It sees the request's headers, credentials among them.</param>
/// <param name="ExcludeResponseBody">It is not given the answer's body.</param>
public sealed record InterceptorConfig(string LambdaArn, bool OnRequest, bool OnResponse, bool PassRequestHeaders, bool ExcludeResponseBody);
