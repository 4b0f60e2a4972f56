using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Accounts.IdentityCenter;

/// <summary>
/// The target role where it may be assumed, else a read-only permission set of whoever signed in. AWS then holds the session to that set and
/// not to the tool, and it bears the person's name and no caller's: every answer says so.
/// </summary>
/// <param name="named">The permission set that the person named; null to take a read-only one.</param>
public sealed class PermissionSetSessions(ISessionMaker role, AccessPortal portal, string? named) : ISessionMaker
{
    public async Task<SessionGrant> MakeAsync(SessionKey key, CancellationToken cancellationToken)
    {
        // 1. The better way first.
        var grant = await role.MakeAsync(key, cancellationToken);
        if (grant.Refusal is not (Refusal.RoleNotAssumed or Refusal.DeniedByOrganization))
        {
            return grant;
        }

        // 2. What has the person there?
        var sets = await portal.ListPermissionSetsAsync(key.Account, cancellationToken);
        if (sets.Refusal is { } unread and not Refusal.NoPermissionSet)
        {
            return new SessionGrant(null, unread) { RequestIds = grant.RequestIds };
        }

        // 3. Nothing that only reads: then what mends the role is of more use than what the person lacks.
        if (PermissionSetChoice.Of(sets.Names, named) is not { } chosen)
        {
            return sets.Names.Count == 0 && named is null ? grant : new SessionGrant(null, new Refusal.NoPermissionSet(key.Account, named ?? "", sets.Names, "")) { RequestIds = grant.RequestIds };
        }

        var entered = await portal.GetRoleCredentialsAsync(key.Account, chosen, cancellationToken);
        var session = entered.Session is { } opened ? opened with { Confinement = Confinement.PermissionSet, Withheld = IdentityParts.All } : null;
        return new SessionGrant(session, entered.Refusal) { RequestIds = grant.RequestIds };
    }
}
