namespace CentralOps.Sandbox.Policies;

/// <summary>Which kind of policy decided.</summary>
internal enum PolicyLayer
{
    Identity,
    Session,
    Trust,
    Resource,
}

/// <summary>What the policies say. A refusal is explicit (a deny statement) or implicit (nothing allowed it).</summary>
internal readonly record struct Decision(bool Allowed, PolicyLayer Layer, bool IsExplicit)
{
    public static Decision Allow { get; } = new(Allowed: true, default, IsExplicit: false);

    public static Decision ExplicitDeny(PolicyLayer layer) => new(Allowed: false, layer, IsExplicit: true);

    public static Decision ImplicitDeny(PolicyLayer layer) => new(Allowed: false, layer, IsExplicit: false);

    /// <summary>The end of AWS's sentence "User … is not authorized to perform: …".</summary>
    public string Reason(string action) => (Layer, IsExplicit) switch
    {
        (PolicyLayer.Identity, true) => " with an explicit deny in an identity-based policy",
        (PolicyLayer.Session, true) => " with an explicit deny in a session policy",
        (PolicyLayer.Trust, true) => " with an explicit deny in the role trust policy",
        (PolicyLayer.Resource, true) => " with an explicit deny in a resource-based policy",
        (PolicyLayer.Identity, _) => $" because no identity-based policy allows the {action} action",
        (PolicyLayer.Session, _) => $" because no session policy allows the {action} action",
        (PolicyLayer.Trust, _) => $" because no role trust policy allows the {action} action",
        _ => $" because no resource-based policy allows the {action} action",
    };
}
