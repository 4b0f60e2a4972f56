using System.Net;
using CentralOps.Access.CallerContext;
using CentralOps.Access.Rules;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Gateway.Targets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Gateway;

/// <summary>What a server needs to serve one gateway.</summary>
public sealed record GatewayOptions
{
    /// <summary>Where to listen.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    /// <summary>The one gateway that is served, for good. Either this or <see cref="Source"/>.</summary>
    public GatewayConfig? Gateway { get; init; }

    /// <summary>The gateways that are served, as they change.</summary>
    public IGatewaySource? Source { get; init; }

    /// <summary>Invokes the functions. It has to read answers of 6 MB and a little; attempts and times are set with each call.</summary>
    public required AwsClient Aws { get; init; }

    /// <summary>Credentials of the gateway's role, asked for before each invocation; the source caches and renews.</summary>
    public required Func<CancellationToken, ValueTask<AwsCredentials>> RoleCredentials { get; init; }

    /// <summary>The region that callers sign for, and that functions are invoked in where their ARN does not say.</summary>
    public required string Region { get; init; }

    /// <summary>The keys that callers may sign with; needed for <see cref="GatewayAuthorizer.AwsIam"/>.</summary>
    public IAccessKeys? Keys { get; init; }

    /// <summary>The token that callers show, and who they are; needed for <see cref="GatewayAuthorizer.LocalToken"/>.</summary>
    public LocalToken? LocalToken { get; init; }

    /// <summary>Asks AWS who callers are whose keys are not known here; null: only <see cref="Keys"/> counts.</summary>
    public AwsIdentityOptions? AwsIdentities { get; init; }

    /// <summary>How tokens are judged for <see cref="GatewayAuthorizer.CustomJwt"/>.</summary>
    public JwtOptions Jwt { get; init; } = new();

    /// <summary>Reads OpenID providers' documents; needed for <see cref="GatewayAuthorizer.CustomJwt"/>. It must not follow redirects.</summary>
    public HttpMessageInvoker? Discovery { get; init; }

    /// <summary>Under which clients outside know the server, such as <c>https://gateway.example.com</c>; null: as each request addresses it.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Whether http URLs of loopback pass where https is demanded; null: where the server itself is bound to loopback.</summary>
    public bool? AllowHttpLoopback { get; init; }

    internal bool AdmitsHttpLoopback => AllowHttpLoopback ?? IPAddress.IsLoopback(Address);

    /// <summary>Which tools callers may see and call, beside what a gateway's tool sets say; null: all of those.</summary>
    public AccessRules? Access { get; init; }

    /// <summary>Signs for functions who calls; null: they are not told.</summary>
    public CallerSigner? CallerSigner { get; init; }

    /// <summary>Host names, beside loopback, that a request may be addressed to, such as <c>gateway.example.com</c>; without a port.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins, beside loopback, that a browser may come from, such as <c>https://console.example.com</c>.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>What answers for <see cref="TargetEndpoint.Builtin"/>, by its name: an echo, tools in process.</summary>
    public IReadOnlyDictionary<string, ITarget> Builtins { get; init; } = new Dictionary<string, ITarget>(StringComparer.Ordinal);

    /// <summary>Opens MCP servers as targets; null where none are served.</summary>
    public Func<GatewayConfig, TargetConfig, ITarget>? McpServers { get; init; }

    /// <summary>Search by meaning, for gateways that are searched; null where search goes by words alone.</summary>
    public Discovery.Embeddings.EmbeddingOptions? Embeddings { get; init; }

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a call waits in all for a function that answers TooManyRequestsException; 0 to 60 seconds.</summary>
    public TimeSpan ThrottleWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a function may take, waiting for its concurrency included; 1 second to AgentCore's 15 minutes.</summary>
    public TimeSpan InvocationTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
