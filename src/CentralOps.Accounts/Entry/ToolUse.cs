using CentralOps.Access.Callers;
using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Entry;

/// <summary>Who uses which tool, and what the tool may do at most.</summary>
/// <param name="Operations">Declared operations as <c>service:Operation</c>; the session is confined to them.</param>
public sealed record ToolUse(Caller Caller, string Tool, IReadOnlyList<string> Operations)
{
    /// <summary>Goes into the User-Agent of every call in the account.</summary>
    public string? RequestId { get; init; }

    /// <summary>Calls do not wait for AWS's quotas beyond it; null: no longer than the settings say.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>The name that the tool was called by, with its target's in front (<c>target___tool</c>); null where it is not known. Rules are judged over it.</summary>
    public string? CalledAs { get; init; }

    /// <summary>What reads account handles; null where an account is named by id or name only.</summary>
    public AccountHandles? Handles { get; init; }

    /// <summary>Hears of every call to AWS that this use makes; null where nobody listens.</summary>
    public IOperationLog? Log { get; init; }

    internal void NoteRefusal(AccountId account, RegionName region, Refusal refusal)
    {
        if (Log is not null)
        {
            var words = RefusalWords.Of(refusal);
            Log.Refused(account, region, words.StageName, words.Code);
        }
    }
}

/// <summary>Hears which calls were made in accounts. Safe for concurrent use; it must not throw.</summary>
public interface IOperationLog
{
    /// <summary>An account was entered with a session, or its role was knocked at in vain.</summary>
    /// <param name="requestIds">AWS's ids of the AssumeRole calls that led to it, now or earlier.</param>
    void Entered(AccountId account, RegionName region, IReadOnlyList<string> requestIds);

    /// <summary>A call ended, or was given up.</summary>
    /// <param name="attempts">Requests that were sent; of a call that was given up, those that were answered.</param>
    /// <param name="requestIds">AWS's ids of all attempts that were answered.</param>
    void Called(AccountId account, RegionName region, string operation, int attempts, IReadOnlyList<string> requestIds);

    /// <summary>The way into an account, or a call in it, was refused.</summary>
    /// <param name="stage">As answers spell it.</param>
    void Refused(AccountId account, RegionName region, string stage, string code);
}
