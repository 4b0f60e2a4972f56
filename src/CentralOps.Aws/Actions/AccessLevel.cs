namespace CentralOps.Aws.Actions;

/// <summary>What IAM says an action does: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html</summary>
public enum AccessLevel
{
    /// <summary>Tells which resources exist.</summary>
    List,

    /// <summary>Reads what is in a resource. May be customers' data, and in a few services spends money or starts something.</summary>
    Read,

    Write,

    /// <summary>Changes tags only.</summary>
    Tagging,

    /// <summary>Grants or changes permissions.</summary>
    PermissionsManagement,
}
