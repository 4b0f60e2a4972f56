namespace CentralOps.Accounts.Refusals;

/// <summary>A refusal in words.</summary>
/// <param name="Code">AWS's code where AWS refused, ours elsewhere.</param>
/// <param name="Remedy">What to do, and where there is one the command that does it.</param>
public sealed record RefusalText(RefusalStage Stage, string Code, string Message, string Remedy)
{
    /// <summary>The stage as answers spell it.</summary>
    public string StageName => Stage switch
    {
        RefusalStage.Arguments => "arguments",
        RefusalStage.UnknownAccount => "unknown_account",
        RefusalStage.AccountSuspended => "account_suspended",
        RefusalStage.NotPermitted => "not_permitted",
        RefusalStage.AssumeRole => "assume_role",
        RefusalStage.SessionPolicy => "session_policy",
        RefusalStage.Scp => "scp",
        RefusalStage.RegionDisabled => "region_disabled",
        RefusalStage.Throttled => "throttled",
        RefusalStage.Expired => "expired",
        RefusalStage.Network => "network",
        RefusalStage.Deadline => "deadline",
        RefusalStage.Service => "service",
        RefusalStage.Directory => "directory",
        RefusalStage.Ledger => "ledger",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
