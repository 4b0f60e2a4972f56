using CentralOps.Access.Callers;
using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;

namespace CentralOps.Proxy.Identities;

/// <summary>As whom an MCP server is called: a role in an account, in somebody's name.</summary>
/// <param name="Account">Where the role is; the default where <paramref name="Role"/> is empty.</param>
/// <param name="Role">Empty: the credentials themselves that the proxy runs with, which nothing confines.</param>
public readonly record struct UpstreamIdentity(AccountId Account, string Role, Caller Caller)
{
    /// <summary>What CloudTrail shows as the tool of a session.</summary>
    private const string Tool = "mcp-proxy";

    /// <summary>The credentials as they are.</summary>
    public static UpstreamIdentity Unassumed(Caller caller) => new(default, "", caller);

    public bool IsAssumed => Role is { Length: > 0 };

    /// <param name="confinement">Null where nothing confines the session.</param>
    internal SessionKey Key(string partition, SessionConfinement? confinement) =>
        new(Account, partition, Role, confinement?.Policy ?? "", Caller, Tool) { ManagedPolicies = confinement?.ManagedPolicies ?? "" };

    public override string ToString() => IsAssumed ? $"{Role} in account {Account}" : "the proxy's own credentials";
}
