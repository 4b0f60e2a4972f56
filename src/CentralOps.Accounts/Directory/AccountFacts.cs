using CentralOps.Access.Selectors;

namespace CentralOps.Accounts.Directory;

/// <summary>An account as selectors and rules look at it. What its source has not told is not known, which is something else than empty.</summary>
/// <param name="told">The details that the account was read with.</param>
internal sealed class AccountFacts(Account account, AccountDetail told) : IAccountFacts
{
    public string AccountId { get; } = account.Id.ToString();

    public string Name => account.Name;

    public string? UnitPath => told.HasFlag(AccountDetail.Units) ? account.OrganizationalUnit : null;

    public IReadOnlyDictionary<string, string>? TagValues => told.HasFlag(AccountDetail.Tags) ? account.Tags : null;
}
