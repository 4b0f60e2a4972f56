using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using CentralOps.Sandbox.Estates.Storage;

namespace CentralOps.Sandbox.Estates;

/// <summary>
/// What exists in the sandbox: an organization and the resources of its accounts. Immutable; resources are made when an account and
/// region are asked for, and are the same every time.
/// </summary>
public sealed class Estate
{
    private readonly FrozenDictionary<string, Account> _accounts;
    private readonly FrozenDictionary<string, OrganizationalUnit> _units;
    private readonly FrozenDictionary<string, Account[]> _accountsByParent;
    private readonly FrozenDictionary<string, OrganizationalUnit[]> _unitsByParent;
    private readonly IResourceSource _source;
    private readonly RegionCache _regions;

    internal Estate(ulong seed, string organizationId, string rootId, IReadOnlyList<OrganizationalUnit> units, IReadOnlyList<Account> accounts, IResourceSource source)
    {
        Seed = seed;
        OrganizationId = organizationId;
        RootId = rootId;
        OrganizationalUnits = units;
        Accounts = accounts;
        _accounts = accounts.ToFrozenDictionary(account => account.Id, StringComparer.Ordinal);
        _units = units.ToFrozenDictionary(unit => unit.Id, StringComparer.Ordinal);
        _accountsByParent = accounts.GroupBy(account => account.ParentId, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _unitsByParent = units.GroupBy(unit => unit.ParentId, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _source = source;
        _regions = new RegionCache(Make);
    }

    /// <summary>The organization that the documentation and the tests speak of.</summary>
    public static Estate Default { get; } = DefaultOrganization.Build(DefaultSeed);

    /// <summary>The seed of the default estate.</summary>
    public const ulong DefaultSeed = 20261101;

    /// <summary>The default organization with other resources, ids and addresses.</summary>
    public static Estate OfSeed(ulong seed) => DefaultOrganization.Build(seed);

    internal ulong Seed { get; }

    internal string OrganizationId { get; }

    internal string RootId { get; }

    internal IReadOnlyList<OrganizationalUnit> OrganizationalUnits { get; }

    /// <summary>All accounts, the management account first.</summary>
    internal IReadOnlyList<Account> Accounts { get; }

    internal Account ManagementAccount => Accounts[0];

    /// <summary>What bounds the members' accounts beside <c>FullAWSAccess</c>, which hangs on the root, every unit and every account.</summary>
    internal IReadOnlyList<ServiceControlPolicy> ServiceControlPolicies { get; init; } = [];

    /// <summary>Ids of those from which <c>FullAWSAccess</c> was taken away: what their other policies do not allow is denied.</summary>
    internal IReadOnlySet<string> WithoutFullAccess { get; init; } = FrozenSet<string>.Empty;

    internal IReadOnlyList<SsoUser> SsoUsers { get; init; } = [];

    /// <summary>The regions in which any account may have something.</summary>
    internal IReadOnlyList<string> Regions => _source.Regions;

    /// <summary>Whether an account manages the organization or was made its delegated administrator.</summary>
    internal bool IsAdministrator(string accountId) =>
        string.Equals(accountId, ManagementAccount.Id, StringComparison.Ordinal) || string.Equals(accountId, DefaultOrganization.CentralOperationsId, StringComparison.Ordinal);

    internal bool TryFindAccount(string id, [NotNullWhen(true)] out Account? account) => _accounts.TryGetValue(id, out account);

    /// <summary>The id of the account that is meant by an id or, in any case, a name; the text itself where there is none.</summary>
    internal string AccountIdOf(string text) => TryFindAccount(text, out _)
        ? text
        : Accounts.FirstOrDefault(account => string.Equals(account.Name, text, StringComparison.OrdinalIgnoreCase))?.Id ?? text;

    internal bool TryFindUnit(string id, [NotNullWhen(true)] out OrganizationalUnit? unit) => _units.TryGetValue(id, out unit);

    internal IReadOnlyList<Account> AccountsUnder(string parentId) => _accountsByParent.GetValueOrDefault(parentId) ?? [];

    internal IReadOnlyList<OrganizationalUnit> UnitsUnder(string parentId) => _unitsByParent.GetValueOrDefault(parentId) ?? [];

    /// <summary>Whether an account may use a region: one that needs opting in has to be switched on there.</summary>
    internal bool IsRegionEnabled(string accountId, string region) =>
        Region.ByName.TryGetValue(region, out var known)
        && (!known.NeedsOptIn || (TryFindAccount(accountId, out var account) && account.OptedInRegions.Contains(region)));

    /// <summary>What an account has in a region; nothing where it is suspended or the region is not enabled.</summary>
    internal RegionResources Resources(string accountId, string region) => _regions.Get(accountId, region);

    /// <summary>The EC2 instances of an account in a region; empty where there are none.</summary>
    internal Fleet Fleet(string accountId, string region) => Resources(accountId, region).Fleet;

    /// <summary>The buckets of an account in all regions, by name as S3 lists them.</summary>
    internal IReadOnlyList<Bucket> Buckets(string accountId) =>
        [.. Regions.SelectMany(region => Resources(accountId, region).Buckets).OrderBy(bucket => bucket.Name, StringComparer.Ordinal)];

    internal bool TryFindBucket(string name, [NotNullWhen(true)] out Bucket? bucket)
    {
        bucket = _source.OwnerOfBucket(name) is { } owner
            ? Regions.SelectMany(region => Resources(owner, region).Buckets).FirstOrDefault(found => string.Equals(found.Name, name, StringComparison.Ordinal))
            : null;
        return bucket is not null;
    }

    /// <summary>The same organization with other accounts in the place of these.</summary>
    internal Estate WithAccounts(Func<Account, Account> change) => Copy([.. Accounts.Select(change)], ServiceControlPolicies, WithoutFullAccess);

    /// <summary>The same organization under other service control policies.</summary>
    internal Estate WithPolicies(IReadOnlyList<ServiceControlPolicy> policies, IEnumerable<string> withoutFullAccess) =>
        Copy(Accounts, policies, withoutFullAccess.ToFrozenSet(StringComparer.Ordinal));

    private Estate Copy(IReadOnlyList<Account> accounts, IReadOnlyList<ServiceControlPolicy> policies, IReadOnlySet<string> withoutFullAccess) =>
        new(Seed, OrganizationId, RootId, OrganizationalUnits, accounts, _source)
        {
            ServiceControlPolicies = policies,
            WithoutFullAccess = withoutFullAccess,
            SsoUsers = SsoUsers,
        };

    private RegionResources Make(string accountId, string region) =>
        TryFindAccount(accountId, out var account) && account.Status == AccountStatus.Active && IsRegionEnabled(accountId, region)
            ? _source.Make(account, region)
            : RegionResources.Empty;
}
