using CentralOps.Gateway.Outbound;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>Opens MCP servers as targets. Made once a process: tokens and connections are shared by all that it opens.</summary>
public sealed class McpTargets
{
    private readonly McpTargetOptions _options;
    private readonly CredentialFactory _credentials;

    public McpTargets(McpTargetOptions options)
    {
        _options = options;
        var documents = new OutboundDocuments(options.Http, options.Time);
        var tokens = new OAuthTokens(documents, new AuthorizationServers(documents, options.Time), options.Time);
        _credentials = new(options.RoleCredentials, options.Providers, tokens, options.Time) { KeyRefused = options.KeyRefused };
    }

    /// <summary>
    /// A target that is an MCP server. Nothing is sent until it is first called. Dispose it (<see cref="IAsyncDisposable"/>) when its configuration
    /// is no longer served: that ends its sessions.
    /// </summary>
    public IMcpTarget Open(GatewayConfig gateway, TargetConfig target) =>
        Connect(gateway, target, out var problem) is { } connection ? new McpServerTarget(target, connection) : new UnusableTarget(problem);

    /// <returns>Null with a reason.</returns>
    internal McpConnection? Connect(GatewayConfig gateway, TargetConfig target, out string problem)
    {
        problem = "";
        if (target.Endpoint is not TargetEndpoint.McpServer server)
        {
            problem = "The target is not an MCP server.";
            return null;
        }

        if (!TargetUrl.TryParse(server.Url, out var url, out var wrong))
        {
            problem = $"The target's endpoint cannot be used: {wrong}.";
            return null;
        }

        var failures = new McpFailures(url.Authority);
        var channel = new McpChannel(_options.Http, url, _credentials.For(target.Credential, gateway, url), failures, _options.Time, _options.Pace);
        var answers = new McpAnswers(channel, _options.Time);
        return new(channel, new McpNegotiation(channel, answers, _options.Versions, _options.Time), answers, _options.Timeout, _options.Time);
    }
}

/// <summary>What MCP servers are reached with.</summary>
public sealed record McpTargetOptions
{
    /// <summary>From <see cref="OutboundHttp.Create"/>.</summary>
    public required HttpMessageInvoker Http { get; init; }

    /// <summary>Of the gateway's role, for targets that are signed for; the source caches and renews.</summary>
    public required Func<CancellationToken, ValueTask<CentralOps.Aws.Credentials.AwsCredentials>> RoleCredentials { get; init; }

    /// <summary>
    /// Is told the id of a key that a server has refused (401 or 403), and says whether <see cref="RoleCredentials"/> gives another from now on; null
    /// where it never does.
    /// </summary>
    public Func<string, bool>? KeyRefused { get; init; }

    /// <summary>Waits for what servers take; null sends at once, and tells a server's refusal.</summary>
    public IRequestPace? Pace { get; init; }

    /// <summary>The token vault.</summary>
    public required ICredentialProviders Providers { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long one request may take, agreeing on a version included; 1 second to AgentCore's 15 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The revisions of MCP that are spoken with servers.</summary>
    public IReadOnlyList<string> Versions { get; init; } = ProtocolVersions.All;
}
