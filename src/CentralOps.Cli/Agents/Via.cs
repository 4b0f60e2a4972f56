namespace CentralOps.Cli.Agents;

/// <summary>The way from the agent to AWS.</summary>
internal enum Via
{
    /// <summary>The gateway's tools (solution 1).</summary>
    Gateway,

    /// <summary>The gateway's tools and the AWS MCP Server through the proxy (solution 2).</summary>
    Hybrid,

    /// <summary>The AWS MCP Server behind a function of the gateway (solution 3).</summary>
    Wrapper,

    /// <summary>The AWS MCP Server through the proxy alone.</summary>
    Direct,
}
