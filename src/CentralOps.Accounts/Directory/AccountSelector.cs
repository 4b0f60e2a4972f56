using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Accounts.Directory;

/// <summary>
/// Which accounts are meant: ids, whole names, <c>ou:Path/To</c> (and all below), <c>tag:key=value</c> or <c>all</c>, several of them separated by
/// commas, each excluded by a <c>!</c> before it. Exclusions alone mean all others. A name that holds a comma, or looks like something else, is
/// written as an id or behind <c>name:</c>.
/// </summary>
public sealed class AccountSelector
{
    private const int MaxLength = 8192;
    private const int MaxTerms = 500;

    private readonly string _text;

    private AccountSelector(string text, IReadOnlyList<SelectorTerm> included, IReadOnlyList<SelectorTerm> excluded)
    {
        _text = text;
        Included = included;
        Excluded = excluded;
    }

    /// <summary>What has to be known of accounts to answer this.</summary>
    public AccountDetail Detail =>
        (Has(SelectorKind.Unit) ? AccountDetail.Units : AccountDetail.None) | (Has(SelectorKind.Tag) ? AccountDetail.Tags : AccountDetail.None);

    internal IReadOnlyList<SelectorTerm> Included { get; }

    internal IReadOnlyList<SelectorTerm> Excluded { get; }

    /// <summary>The one id that this is; null where it is anything else, which takes a list to answer.</summary>
    internal AccountId? SingleId => Excluded.Count == 0 && Included is [{ Id: { } id }] ? id : null;

    /// <param name="problem">What is wrong, as the end of a sentence that begins with the argument's name.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AccountSelector? selector, out string problem)
    {
        (selector, problem) = (null, "is empty; give an account id, a name, ou:Path/To, tag:key=value or all");
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var parts = text.Length <= MaxLength ? text.Split(',', StringSplitOptions.TrimEntries) : [];
        if (parts.Length is 0 or > MaxTerms)
        {
            problem = $"is too long: {MaxTerms} parts and {MaxLength} characters at most";
            return false;
        }

        var (included, excluded) = (new List<SelectorTerm>(), new List<SelectorTerm>());
        foreach (var part in parts)
        {
            var isExcluded = part.StartsWith('!');
            if (!SelectorTerm.TryParse(isExcluded ? part[1..].TrimStart() : part, out var term, out var wrong))
            {
                problem = parts.Length == 1 ? wrong : $"is not right: '{PlainText.Line(part, 80)}' {wrong}";
                return false;
            }

            (isExcluded ? excluded : included).Add(term);
        }

        if (included.Count == 0)
        {
            included.Add(SelectorTerm.TryParse("all", out var all, out _) ? all : throw new System.Diagnostics.UnreachableException());
        }

        (selector, problem) = (new AccountSelector(text, included, excluded), "");
        return true;
    }

    public override string ToString() => _text;

    private bool Has(SelectorKind kind) => Included.Any(term => term.Kind == kind) || Excluded.Any(term => term.Kind == kind);
}
