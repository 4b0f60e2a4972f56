using CentralOps.Access.Callers;
using CentralOps.Gateway;

namespace CentralOps.Proxy.Wrapping;

/// <summary>One call of one tool.</summary>
/// <param name="Tool">The server's name of it.</param>
/// <param name="Arguments">An object of JSON.</param>
/// <param name="Caller">Who asks; rules are judged over him.</param>
/// <param name="TimeAllowed">After it, the answer is that time was short.</param>
public sealed record WrappedCall(string Tool, ReadOnlyMemory<byte> Arguments, Caller Caller, TimeSpan TimeAllowed)
{
    /// <summary>The name that it was called by, with its target's in front where that is known: rules are judged over it.</summary>
    public string CalledAs { get; init; } = Tool;

    /// <summary>The JSON-RPC id: a string or a number of JSON.</summary>
    public ReadOnlyMemory<byte> MessageId { get; init; } = "1"u8.ToArray();

    /// <summary>The revision of MCP that the answer is written in.</summary>
    public string ProtocolVersion { get; init; } = ProtocolVersions.November2025;
}

/// <summary>What came of it.</summary>
/// <param name="Json">An MCP result, or with <paramref name="IsUnknownTool"/> nothing.</param>
/// <param name="IsUnknownTool">There is no such tool, or none for this caller: which of them is not told.</param>
public readonly record struct WrappedAnswer(ReadOnlyMemory<byte> Json, bool IsUnknownTool);
