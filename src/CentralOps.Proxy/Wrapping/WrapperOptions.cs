using CentralOps.Accounts;

namespace CentralOps.Proxy.Wrapping;

/// <summary>What the wrapper does with what passes through it.</summary>
public sealed record WrapperOptions
{
    /// <summary>Where tools run that need no account: the function's own account.</summary>
    public required AccountId Home { get; init; }

    /// <summary>The role to assume, there and where an account has no other.</summary>
    public required string Role { get; init; }

    /// <summary>Tools that need no account although the server's list does not say so; whole names, as the server has them.</summary>
    public IReadOnlySet<string> ToolsWithoutAccount { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How the wrapper calls itself to MCP clients.</summary>
    public string Version { get; init; } = "0";
}
