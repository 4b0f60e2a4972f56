using System.Diagnostics.CodeAnalysis;
using CentralOps.Access.Selectors;

namespace CentralOps.Accounts.Directory;

/// <summary>
/// Which accounts are meant: ids, whole names, <c>ou:Path/To</c> (and all below), <c>tag:key=value</c> or <c>all</c>, several of them separated by
/// commas, each excluded by a <c>!</c> before it. Exclusions alone mean all others. A name that holds a comma, or looks like something else, is
/// written as an id or behind <c>name:</c>.
/// </summary>
public sealed class AccountSelector
{
    private AccountSelector(AccountTerms terms) => Terms = terms;

    /// <summary>What has to be known of accounts to answer this.</summary>
    public AccountDetail Detail => (AccountDetail)Terms.Needs;

    internal AccountTerms Terms { get; }

    /// <summary>The one id that this is; null where it is anything else, which takes a list to answer.</summary>
    internal AccountId? SingleId =>
        Terms is { Excluded.Count: 0, Included: [{ Kind: AccountTermKind.Id } only] } && AccountId.TryParse(only.Value, out var id) ? id : null;

    /// <param name="problem">What is wrong, as the end of a sentence that begins with the argument's name.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AccountSelector? selector, out string problem)
    {
        selector = AccountTerms.TryParse(text, out var terms, out problem) ? new AccountSelector(terms) : null;
        return selector is not null;
    }

    public override string ToString() => Terms.ToString();
}
