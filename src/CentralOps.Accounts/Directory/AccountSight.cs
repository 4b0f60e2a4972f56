using CentralOps.Access.Rules;

namespace CentralOps.Accounts.Directory;

/// <summary>Which accounts somebody may see. All others answer like accounts that there are not.</summary>
public sealed class AccountSight(AccountGrant grant)
{
    public static AccountSight All { get; } = new(AccountGrant.All);

    /// <summary>What has to be known of accounts to tell.</summary>
    public AccountDetail Detail => (AccountDetail)grant.Needs;

    /// <param name="told">The details that the account was read with.</param>
    public bool Admits(Account account, AccountDetail told) => grant.Admits(new AccountFacts(account, told));

    /// <summary>What of a list may be seen.</summary>
    public AccountListing Of(AccountListing listing) =>
        ReferenceEquals(grant, AccountGrant.All) ? listing : listing with { Accounts = [.. listing.Accounts.Where(account => Admits(account, listing.Detail))] };
}
