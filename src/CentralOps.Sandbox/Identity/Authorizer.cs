using System.Collections.Concurrent;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Identity;

/// <summary>Puts questions to the policies, with everything that the estate and the request know about them.</summary>
internal sealed class Authorizer(Estate estate)
{
    private static readonly PolicyDocument FullAccess = PolicyReader.Read(
        """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""", PolicyKind.ServiceControl);

    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);

    public AccessRequest Ask(Principal caller, string action, string resource)
    {
        var place = _places.GetOrAdd(caller.AccountId, Find);
        return new AccessRequest(caller, action, resource)
        {
            OrganizationId = estate.OrganizationId,
            OrganizationPath = place.Path,
            Guardrails = caller.IsServiceLinked ? [] : place.Guardrails,
        };
    }

    public AccessRequest Ask(OperationCall call, string action, string resource) => Ask(call.Caller, action, resource) with
    {
        Region = call.Region,
        Now = call.Now,
        SourceIp = call.SourceIp,
        UserAgent = call.UserAgent,
    };

    /// <summary>No key is valid in a region that its account has not switched on.</summary>
    public bool MayUseRegion(Principal caller, string region) => estate.IsRegionEnabled(caller.AccountId, region);

    // Once an account: the estate does not change.
    private Place Find(string accountId)
    {
        if (!estate.TryFindAccount(accountId, out var account))
        {
            return new Place(null, []);
        }

        List<string> chain = [accountId];
        for (var parent = account.ParentId; parent is not null; parent = estate.TryFindUnit(parent, out var unit) ? unit.ParentId : null)
        {
            chain.Insert(0, parent);
        }

        var path = $"{estate.OrganizationId}/{string.Join('/', chain[..^1])}/";
        var management = string.Equals(accountId, estate.ManagementAccount.Id, StringComparison.Ordinal);
        // No service control policy binds the management account, nor anybody where none is attached.
        return new Place(path, management || estate.ServiceControlPolicies.Count == 0 ? [] : [.. chain.Select(Level)]);
    }

    private IReadOnlyList<PolicyDocument> Level(string targetId)
    {
        var attached = estate.ServiceControlPolicies.Where(policy => policy.TargetIds.Contains(targetId, StringComparer.Ordinal)).Select(policy => policy.Document);
        return estate.WithoutFullAccess.Contains(targetId) ? [.. attached] : [FullAccess, .. attached];
    }

    private sealed record Place(string? Path, IReadOnlyList<IReadOnlyList<PolicyDocument>> Guardrails);
}
