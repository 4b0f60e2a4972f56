using CentralOps.Access.Selectors;

namespace CentralOps.Accounts.Directory;

/// <summary>What a term that means nothing could have been meant to be.</summary>
internal static class NearTerms
{
    /// <param name="accounts">Those that the caller may see.</param>
    public static IReadOnlyList<string> To(AccountTerm term, IReadOnlyList<Account> accounts) => term.Kind switch
    {
        AccountTermKind.Unit => Nearest.To(term.Text, accounts.Where(static account => account.OrganizationalUnit is not null).Select(static account => $"ou:{account.OrganizationalUnit}").Distinct(StringComparer.Ordinal)),
        AccountTermKind.Tag => Nearest.To(term.Text, accounts.SelectMany(static account => account.Tags).Select(static tag => $"tag:{tag.Key}={tag.Value}").Distinct(StringComparer.Ordinal)),
        _ => Nearest.To(term.Value.Length > 0 ? term.Value : term.Text, accounts.SelectMany(static account => new[] { account.Name, account.Id.ToString() })),
    };
}
