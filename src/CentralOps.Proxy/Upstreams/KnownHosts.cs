namespace CentralOps.Proxy.Upstreams;

/// <summary>What a host of AWS's tells by its name.</summary>
internal static class KnownHosts
{
    private static readonly string[] Suffixes = [".amazonaws.com", ".amazonaws.com.cn", ".on.aws", ".api.aws"];

    /// <summary>Null where the name tells nothing.</summary>
    /// <param name="path">Of the URL, as it is sent; AgentCore Runtime has its resource there.</param>
    public static KnownHost? Read(string host, string path)
    {
        var suffix = Array.Find(Suffixes, end => host.EndsWith(end, StringComparison.OrdinalIgnoreCase));
        if (suffix is null)
        {
            return null;
        }

        var partition = suffix.EndsWith(".cn", StringComparison.Ordinal) ? "aws-cn" : host.Contains(".us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";
        return (suffix, host[..^suffix.Length].ToLowerInvariant().Split('.')) switch
        {
            (".api.aws", ["aws-mcp", var region]) => new("aws-mcp", region, null),
            (".on.aws", [_, "lambda-url", var region]) => new("lambda", region, null),
            (not ".on.aws" and not ".api.aws", [var id, "gateway", "bedrock-agentcore", var region]) => new("bedrock-agentcore", region, $"arn:{partition}:bedrock-agentcore:{region}:*:gateway/{id}"),
            (not ".on.aws" and not ".api.aws", ["bedrock-agentcore", var region]) => new("bedrock-agentcore", region, RuntimeOf(path)),
            (not ".on.aws" and not ".api.aws", [var id, "execute-api", var region]) => new("execute-api", region, $"arn:{partition}:execute-api:{region}:*:{id}/*"),
            _ => null,
        };
    }

    private static string? RuntimeOf(string path) =>
        path.Split('/') is ["", "runtimes", var arn, ..] && Uri.UnescapeDataString(arn) is var plain && AgentCoreArn.IsRuntime(plain) ? plain : null;
}

/// <summary>What a host says.</summary>
/// <param name="Resource">The ARN (as a pattern) of what is reached; null where the name does not tell.</param>
internal sealed record KnownHost(string Service, string Region, string? Resource);
