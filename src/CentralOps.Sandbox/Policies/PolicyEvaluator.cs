namespace CentralOps.Sandbox.Policies;

/// <summary>
/// AWS's evaluation logic.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
/// </summary>
internal static class PolicyEvaluator
{
    /// <param name="request">Who asks for what, and the policies that the caller carries along.</param>
    /// <param name="resource">The resource's side; null for what is the caller's account's own and has no policy.</param>
    public static Decision Evaluate(AccessRequest request, ResourcePolicy? resource = null)
    {
        // 1. An explicit deny anywhere ends it.
        if (ExplicitDeny(request, resource) is { } denied)
        {
            return denied;
        }

        // 2. Every level of the organization has to allow it.
        if (!request.Guardrails.All(level => level.Any(policy => policy.Allows(request))))
        {
            return Decision.ImplicitDeny(PolicyLayer.ServiceControl);
        }

        // 3. How does the resource's policy name the caller?
        var grant = resource?.Document?.Grants(request) ?? PrincipalMatch.None;
        var crossAccount = resource is not null && !string.Equals(request.Principal.AccountId, resource.AccountId, StringComparison.Ordinal);
        if (grant == PrincipalMatch.None && (crossAccount || resource is { IsTrust: true }))
        {
            return Decision.ImplicitDeny(resource!.Layer);
        }

        // 4. In one account a policy that names the caller grants by itself; one that names the role, within what bounds the session.
        if (!crossAccount && grant >= PrincipalMatch.Role)
        {
            return grant == PrincipalMatch.Caller ? Decision.Allow : Bounds(request);
        }

        // 5. Everywhere else the caller's own side has to allow it.
        return request.Principal.IdentityPolicies.Any(policy => policy.Allows(request)) ? Bounds(request) : Decision.ImplicitDeny(PolicyLayer.Identity);
    }

    private static Decision? ExplicitDeny(AccessRequest request, ResourcePolicy? resource)
    {
        var caller = request.Principal;
        if (request.Guardrails.Any(level => level.Any(policy => policy.Denies(request))))
        {
            return Decision.ExplicitDeny(PolicyLayer.ServiceControl);
        }

        if (resource?.Document?.Denies(request) == true)
        {
            return Decision.ExplicitDeny(resource.Layer);
        }

        if (caller.IdentityPolicies.Any(policy => policy.Denies(request)))
        {
            return Decision.ExplicitDeny(PolicyLayer.Identity);
        }

        if (caller.PermissionsBoundary?.Denies(request) == true)
        {
            return Decision.ExplicitDeny(PolicyLayer.Boundary);
        }

        return caller.SessionPolicy?.Denies(request) == true ? Decision.ExplicitDeny(PolicyLayer.Session) : null;
    }

    private static Decision Bounds(AccessRequest request)
    {
        if (request.Principal.PermissionsBoundary?.Allows(request) == false)
        {
            return Decision.ImplicitDeny(PolicyLayer.Boundary);
        }

        return request.Principal.SessionPolicy?.Allows(request) == false ? Decision.ImplicitDeny(PolicyLayer.Session) : Decision.Allow;
    }
}
