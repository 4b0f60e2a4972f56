namespace CentralOps.Sandbox.Policies;

/// <summary>One statement. An identity policy's has no principals and meets every caller that carries it.</summary>
internal sealed record Statement
{
    public required bool Deny { get; init; }

    /// <summary>Null where the policy hangs on an identity or a session.</summary>
    public IReadOnlyList<PrincipalPattern>? Principals { get; init; }

    /// <summary>The list is <c>NotPrincipal</c>.</summary>
    public bool PrincipalsInverted { get; init; }

    public required IReadOnlyList<Glob> Actions { get; init; }

    /// <summary>The list is <c>NotAction</c>.</summary>
    public bool ActionsInverted { get; init; }

    /// <summary>Null in a role's trust policy, which speaks of its role.</summary>
    public IReadOnlyList<ArnPattern>? Resources { get; init; }

    public bool ResourcesInverted { get; init; }

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    public PrincipalMatch Match(AccessRequest request)
    {
        if (CoversAction(request.Action) == ActionsInverted || !CoversResource(request))
        {
            return PrincipalMatch.None;
        }

        var match = MatchPrincipal(request.Principal);
        if (match == PrincipalMatch.None)
        {
            return match;
        }

        foreach (var condition in Conditions)
        {
            if (!condition.Holds(request))
            {
                return PrincipalMatch.None;
            }
        }

        return match;
    }

    private bool CoversAction(string action)
    {
        foreach (var pattern in Actions)
        {
            if (pattern.Matches(action, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool CoversResource(AccessRequest request)
    {
        if (Resources is null)
        {
            return true;
        }

        foreach (var pattern in Resources)
        {
            if (pattern.Matches(request, request.Resource))
            {
                return !ResourcesInverted;
            }
        }

        return ResourcesInverted;
    }

    private PrincipalMatch MatchPrincipal(Principal principal)
    {
        if (Principals is null)
        {
            return PrincipalMatch.Caller;
        }

        if (PrincipalsInverted)
        {
            return IsExcepted(principal, Principals) ? PrincipalMatch.None : PrincipalMatch.Caller;
        }

        return Best(principal, Principals);
    }

    // A deny excepts only whom the list names in full: AWS looks at the account first, then the role, then the session.
    // Nobody with a permissions boundary is excepted.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    private bool IsExcepted(Principal principal, IReadOnlyList<PrincipalPattern> listed)
    {
        if (!Deny)
        {
            return Best(principal, listed) != PrincipalMatch.None;
        }

        return principal.PermissionsBoundary is null
            && (listed.Any(pattern => pattern.IsAnyone)
                || (Names(PrincipalMatch.Account) && Names(PrincipalMatch.Caller) && (!principal.IsSession || Names(PrincipalMatch.Role))));

        bool Names(PrincipalMatch match) => listed.Any(pattern => pattern.Match(principal) == match);
    }

    private static PrincipalMatch Best(Principal principal, IReadOnlyList<PrincipalPattern> listed)
    {
        var best = PrincipalMatch.None;
        foreach (var pattern in listed)
        {
            if (pattern.Match(principal) is var match && match > best)
            {
                best = match;
            }
        }

        return best;
    }
}
