using CentralOps.Text.Shaping;

namespace CentralOps.Proxy.Upstreams;

/// <summary>
/// ARNs of AgentCore gateways and runtimes, and the URLs that they stand for.
/// https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-mcp.html
/// </summary>
internal static class AgentCoreArn
{
    private const int MaxLength = 512;
    private const string DefaultEndpoint = "DEFAULT";

    public static bool IsRuntime(string arn) => Parts(arn) is { Kind: "runtime" };

    /// <param name="problem">A sentence with the repair.</param>
    public static bool TryMakeUrl(string arn, out string url, out string problem)
    {
        (url, problem) = ("", "");
        if (Parts(arn) is not { } parts)
        {
            problem = $"'{ForeignText.Line(arn, 256)}' is not the ARN of an AgentCore gateway or runtime (arn:aws:bedrock-agentcore:REGION:ACCOUNT:gateway/ID or …:runtime/ID). "
                + "Of an API or a function, give the URL.";
            return false;
        }

        var suffix = string.Equals(parts.Partition, "aws-cn", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";
        url = string.Equals(parts.Kind, "gateway", StringComparison.Ordinal)
            ? $"https://{parts.Id}.gateway.bedrock-agentcore.{parts.Region}.{suffix}/mcp"
            : $"https://bedrock-agentcore.{parts.Region}.{suffix}/runtimes/{Uri.EscapeDataString(parts.Plain)}/invocations?qualifier={Uri.EscapeDataString(parts.Endpoint)}";
        return true;
    }

    private static ArnParts? Parts(string arn)
    {
        if (arn.Length > MaxLength || arn.Split(':') is not ["arn", var partition, "bedrock-agentcore", var region, var account, var resource]
            || !IsPlain(partition) || !IsPlain(region) || account.Length != 12 || !account.All(char.IsAsciiDigit))
        {
            return null;
        }

        return resource.Split('/') switch
        {
            ["gateway", var id] when IsPlain(id) => new("gateway", partition, region, id, DefaultEndpoint, arn),
            ["runtime", var id] when IsPlain(id) => new("runtime", partition, region, id, DefaultEndpoint, arn),
            ["runtime", var id, "runtime-endpoint", var endpoint] when IsPlain(id) && IsPlain(endpoint) =>
                new("runtime", partition, region, id, endpoint, arn[..arn.IndexOf("/runtime-endpoint/", StringComparison.Ordinal)]),
            _ => null,
        };
    }

    private static bool IsPlain(string text) => text.Length > 0 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <param name="Plain">The ARN without an endpoint behind it.</param>
    private sealed record ArnParts(string Kind, string Partition, string Region, string Id, string Endpoint, string Plain);
}
