using CentralOps.Access.Callers;
using CentralOps.Accounts.Quotas;

namespace CentralOps.Accounts.Entry;

/// <summary>Who uses which tool, and what the tool may do at most.</summary>
/// <param name="Operations">Declared operations as <c>service:Operation</c>; the session is confined to them.</param>
public sealed record ToolUse(Caller Caller, string Tool, IReadOnlyList<string> Operations)
{
    /// <summary>Goes into the User-Agent of every call in the account.</summary>
    public string? RequestId { get; init; }

    /// <summary>Calls do not wait for AWS's quotas beyond it; null: no longer than the settings say.</summary>
    public Deadline? Deadline { get; init; }
}
