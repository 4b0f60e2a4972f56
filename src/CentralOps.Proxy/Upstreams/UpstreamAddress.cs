using System.Diagnostics.CodeAnalysis;
using CentralOps.Aws.Endpoints;
using CentralOps.Gateway.Outbound;
using CentralOps.Text.Shaping;

namespace CentralOps.Proxy.Upstreams;

/// <summary>A SigV4-protected MCP endpoint: its URL as it is sent, and what requests to it are signed for.</summary>
public sealed record UpstreamAddress
{
    /// <summary>The AWS MCP Server: https://docs.aws.amazon.com/aws-mcp/latest/userguide/.</summary>
    public const string AwsMcpServer = "https://aws-mcp.us-east-1.api.aws/mcp";

    internal UpstreamAddress(string url, string host, string service, string region, UpstreamReach reach) =>
        (Url, Host, Service, Region, Reach) = (url, host, service, region, reach);

    public string Url { get; }

    public string Host { get; }

    /// <summary>Of the signature, such as <c>aws-mcp</c>, <c>bedrock-agentcore</c>, <c>execute-api</c> or <c>lambda</c>.</summary>
    public string Service { get; }

    public string Region { get; }

    /// <summary>Where credentials for it are good, such as <c>aws</c>.</summary>
    public string Partition => RegionName.TryParse(Region, out var region) ? region.PartitionId : "aws";

    /// <summary>What IAM has to allow for a request to get there.</summary>
    internal UpstreamReach Reach { get; }

    /// <param name="text">An https URL, an http URL of loopback, or the ARN of an AgentCore gateway or runtime.</param>
    /// <param name="service">What to sign for; null: as the host says.</param>
    /// <param name="region">Null: as the host says.</param>
    /// <param name="problem">A sentence that names what is wrong and the repair.</param>
    public static bool TryParse(string text, string? service, string? region, [NotNullWhen(true)] out UpstreamAddress? address, out string problem)
    {
        address = null;
        var written = text;
        if (text.StartsWith("arn:", StringComparison.Ordinal) && !AgentCoreArn.TryMakeUrl(text, out written, out problem))
        {
            return false;
        }

        if (!TargetUrl.TryParse(written, out var url, out var wrong))
        {
            problem = $"'{ForeignText.Line(text, 256)}' is not the URL of an MCP server: {wrong}.";
            return false;
        }

        var uri = url.With(url.Query);
        if (string.Equals(url.Scheme, "http", StringComparison.Ordinal) && !uri.IsLoopback)
        {
            problem = $"{url.Authority} would be called without TLS, and every request carries a signature: use https. Plain http is for this machine only.";
            return false;
        }

        var known = KnownHosts.Read(uri.IdnHost, url.Path);
        var (signedFor, signedIn) = (service ?? known?.Service, region ?? known?.Region);
        if (signedFor is null || signedIn is null)
        {
            var missing = (signedFor, signedIn) switch { (null, null) => "--service and --region", (null, _) => "--service", _ => "--region" };
            problem = $"{url.Authority} does not tell what requests to it are signed for: add {missing}, such as --service aws-mcp --region us-east-1.";
            return false;
        }

        if (!IsServiceName(signedFor) || !RegionName.TryParse(signedIn, out _))
        {
            problem = !IsServiceName(signedFor)
                ? $"'{ForeignText.Line(signedFor, 64)}' is not the name that a service signs by: give --service as in aws-mcp, bedrock-agentcore, execute-api or lambda."
                : $"'{ForeignText.Line(signedIn, 64)}' is not the name of a region: give --region as in us-east-1.";
            return false;
        }

        problem = "";
        address = new(written, url.Authority, signedFor, signedIn, UpstreamReach.Of(signedFor, known?.Resource));
        return true;
    }

    public override string ToString() => Url;

    private static bool IsServiceName(string text) =>
        text.Length is > 0 and <= 64 && text.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.');
}
