namespace CentralOps.Sandbox.Policies;

/// <summary>Where a document hangs; decides which elements it must and must not have.</summary>
internal enum PolicyKind
{
    Identity,
    Session,
    Boundary,
    ServiceControl,

    /// <summary>A role's trust policy, which speaks of its role and names no resource.</summary>
    Trust,

    /// <summary>A bucket's, a function's.</summary>
    Resource,
}
