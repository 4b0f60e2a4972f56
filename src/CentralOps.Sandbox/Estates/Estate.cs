using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Sandbox.Estates;

/// <summary>
/// What exists in the sandbox: an organization and the resources of its accounts. Immutable and a pure function of its seed;
/// resources are made when an account and region are first asked for.
/// </summary>
public sealed class Estate
{
    private readonly FrozenDictionary<string, Account> _accounts;
    private readonly FrozenDictionary<string, OrganizationalUnit> _units;
    private readonly ConcurrentDictionary<(string Account, string Region), Lazy<Fleet>> _fleets = new();

    internal Estate(ulong seed, string organizationId, string rootId, IReadOnlyList<OrganizationalUnit> units, IReadOnlyList<Account> accounts)
    {
        Seed = seed;
        OrganizationId = organizationId;
        RootId = rootId;
        OrganizationalUnits = units;
        Accounts = accounts;
        _accounts = accounts.ToFrozenDictionary(account => account.Id, StringComparer.Ordinal);
        _units = units.ToFrozenDictionary(unit => unit.Id, StringComparer.Ordinal);
    }

    /// <summary>The organization that the documentation and the tests speak of.</summary>
    public static Estate Default { get; } = DefaultOrganization.Build(seed: 20261101);

    internal ulong Seed { get; }

    internal string OrganizationId { get; }

    internal string RootId { get; }

    internal IReadOnlyList<OrganizationalUnit> OrganizationalUnits { get; }

    /// <summary>All accounts, the management account first.</summary>
    internal IReadOnlyList<Account> Accounts { get; }

    /// <summary>What bounds the members' accounts beside <c>FullAWSAccess</c>, which hangs on the root, every unit and every account.</summary>
    internal IReadOnlyList<ServiceControlPolicy> ServiceControlPolicies { get; init; } = [];

    /// <summary>Ids of those from which <c>FullAWSAccess</c> was taken away: what their other policies do not allow is denied.</summary>
    internal IReadOnlySet<string> WithoutFullAccess { get; init; } = FrozenSet<string>.Empty;

    internal Account ManagementAccount => Accounts[0];

    internal bool TryFindAccount(string id, [NotNullWhen(true)] out Account? account) => _accounts.TryGetValue(id, out account);

    /// <summary>The id of the account that is meant by an id or, in any case, a name; the text itself where there is none.</summary>
    internal string AccountIdOf(string text) => TryFindAccount(text, out _)
        ? text
        : Accounts.FirstOrDefault(account => string.Equals(account.Name, text, StringComparison.OrdinalIgnoreCase))?.Id ?? text;

    internal bool TryFindUnit(string id, [NotNullWhen(true)] out OrganizationalUnit? unit) => _units.TryGetValue(id, out unit);

    /// <summary>The EC2 instances of an account in a region; empty where there are none.</summary>
    internal Fleet Fleet(string accountId, string region) =>
        _fleets.GetOrAdd((accountId, region), key => new Lazy<Fleet>(() => Launch(key.Account, key.Region))).Value;

    private Fleet Launch(string accountId, string region) =>
        _accounts.TryGetValue(accountId, out var account) ? FleetBuilder.Build(Seed, account, region) : Estates.Fleet.Empty;
}
