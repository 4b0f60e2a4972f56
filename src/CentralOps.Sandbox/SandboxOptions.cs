using CentralOps.Sandbox.AwsMcp;
using CentralOps.Sandbox.Bedrock;
using CentralOps.Sandbox.Estates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Sandbox;

/// <summary>Settings of a sandbox.</summary>
public sealed record SandboxOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>What exists in it.</summary>
    public Estate Estate { get; init; } = Estate.Default;

    /// <summary>What Amazon Bedrock's models answer; without a script there is one that says it is a stand-in.</summary>
    public ModelScript Models { get; init; } = ModelScript.Echo;

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The stand-in for the AWS MCP Server, at the path <c>/mcp</c>.</summary>
    public AwsMcpOptions AwsMcp { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
