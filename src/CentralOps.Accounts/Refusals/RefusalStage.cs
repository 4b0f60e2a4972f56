namespace CentralOps.Accounts.Refusals;

/// <summary>Where on its way a call was refused: each stage is somebody else's to mend.</summary>
public enum RefusalStage
{
    /// <summary>What the caller wrote.</summary>
    Arguments,

    /// <summary>The account that was named.</summary>
    UnknownAccount,

    AccountSuspended,

    /// <summary>CentralOps' own rules.</summary>
    NotPermitted,

    /// <summary>The role in the member account, or whoever knocks there.</summary>
    AssumeRole,

    /// <summary>The confinement that CentralOps put on the session.</summary>
    SessionPolicy,

    /// <summary>A policy of the organization over the account.</summary>
    Scp,

    RegionDisabled,
    Throttled,
    Expired,
    Network,

    /// <summary>The time that the call had.</summary>
    Deadline,

    /// <summary>What the AWS service answered.</summary>
    Service,

    /// <summary>The list of accounts.</summary>
    Directory,

    /// <summary>The record of the call.</summary>
    Ledger,
}
