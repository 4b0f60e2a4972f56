namespace CentralOps.Sandbox.Policies;

/// <summary>
/// AWS's evaluation order for what exists here. Service control policies join between stops 1 and 2.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
/// </summary>
internal static class PolicyEvaluator
{
    /// <summary>An action on something of the caller's own account that has no policy of its own.</summary>
    public static Decision Evaluate(AccessRequest request)
    {
        // 1. An explicit deny anywhere ends it.
        if (ExplicitDeny(request) is { } denied)
        {
            return denied;
        }

        // 2. The identity has to allow it, and the session, where it is confined, as well.
        return OwnSide(request);
    }

    /// <summary>Assuming a role: the role's trust policy speaks, and the caller's own side.</summary>
    public static Decision EvaluateTrust(AccessRequest request, PolicyDocument trust, string roleAccountId)
    {
        // 1. An explicit deny anywhere ends it.
        if (ExplicitDeny(request) is { } denied)
        {
            return denied;
        }

        if (trust.Denies(request))
        {
            return Decision.ExplicitDeny(PolicyLayer.Trust);
        }

        // 2. Nobody assumes a role that does not trust them.
        var grant = trust.Grants(request);
        if (grant == PrincipalMatch.None)
        {
            return Decision.ImplicitDeny(PolicyLayer.Trust);
        }

        // 3. Across accounts, and where the trust names the account only, the caller's own side decides, too.
        var crossAccount = !string.Equals(request.Principal.AccountId, roleAccountId, StringComparison.Ordinal);
        if (crossAccount || grant == PrincipalMatch.Account)
        {
            return OwnSide(request);
        }

        // 4. In the same account a trust that names the role grants by itself, within the session's policy.
        var bounded = grant == PrincipalMatch.Role && request.Principal.SessionPolicy is { } session && !session.Allows(request);
        return bounded ? Decision.ImplicitDeny(PolicyLayer.Session) : Decision.Allow;
    }

    private static Decision? ExplicitDeny(AccessRequest request)
    {
        foreach (var policy in request.Principal.IdentityPolicies)
        {
            if (policy.Denies(request))
            {
                return Decision.ExplicitDeny(PolicyLayer.Identity);
            }
        }

        return request.Principal.SessionPolicy?.Denies(request) == true ? Decision.ExplicitDeny(PolicyLayer.Session) : null;
    }

    private static Decision OwnSide(AccessRequest request)
    {
        var allowed = false;
        foreach (var policy in request.Principal.IdentityPolicies)
        {
            allowed |= policy.Allows(request);
        }

        if (!allowed)
        {
            return Decision.ImplicitDeny(PolicyLayer.Identity);
        }

        return request.Principal.SessionPolicy?.Allows(request) == false ? Decision.ImplicitDeny(PolicyLayer.Session) : Decision.Allow;
    }
}
