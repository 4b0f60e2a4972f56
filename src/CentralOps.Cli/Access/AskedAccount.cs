using CentralOps.Access.Selectors;
using CentralOps.Accounts.Directory;

namespace CentralOps.Cli.Access;

/// <summary>An account that rules are asked about, with what is known of it.</summary>
internal sealed record AskedAccount(string AccountId, string Name, string? UnitPath, IReadOnlyDictionary<string, string>? TagValues) : IAccountFacts
{
    /// <param name="told">What the account was read with.</param>
    public static AskedAccount Of(Account account, AccountDetail told) => new(
        account.Id.ToString(),
        account.Name,
        told.HasFlag(AccountDetail.Units) ? account.OrganizationalUnit : null,
        told.HasFlag(AccountDetail.Tags) ? account.Tags : null);
}
