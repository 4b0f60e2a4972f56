namespace CentralOps.Sandbox.Policies;

/// <summary>Which kind of policy decided.</summary>
internal enum PolicyLayer
{
    Identity,
    Session,
    Trust,
    Resource,
    Boundary,
    ServiceControl,
}

/// <summary>What the policies say. A refusal is explicit (a deny statement) or implicit (nothing allowed it).</summary>
internal readonly record struct Decision(bool Allowed, PolicyLayer Layer, bool IsExplicit)
{
    public static Decision Allow { get; } = new(Allowed: true, default, IsExplicit: false);

    public static Decision ExplicitDeny(PolicyLayer layer) => new(Allowed: false, layer, IsExplicit: true);

    public static Decision ImplicitDeny(PolicyLayer layer) => new(Allowed: false, layer, IsExplicit: false);

    /// <summary>
    /// The end of AWS's sentence "User … is not authorized to perform: …".
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
    /// </summary>
    public string Reason(string action) => (Layer, IsExplicit) switch
    {
        (PolicyLayer.Trust, true) => " with an explicit deny in the role trust policy",
        (PolicyLayer.Identity, true) => $" with an explicit deny in an {Name}",
        (_, true) => $" with an explicit deny in a {Name}",
        _ => $" because no {Name} allows the {action} action",
    };

    private string Name => Layer switch
    {
        PolicyLayer.Identity => "identity-based policy",
        PolicyLayer.Session => "session policy",
        PolicyLayer.Trust => "role trust policy",
        PolicyLayer.Boundary => "permissions boundary",
        PolicyLayer.ServiceControl => "service control policy",
        _ => "resource-based policy",
    };
}
