using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Access.Selectors;

/// <summary>Terms separated by commas, each excluded by a <c>!</c> before it. Exclusions alone mean all others.</summary>
public sealed class AccountTerms
{
    public const int MaxLength = 8192;
    public const int MaxTerms = 500;

    private readonly string _text;

    private AccountTerms(string text, IReadOnlyList<AccountTerm> included, IReadOnlyList<AccountTerm> excluded) =>
        (_text, Included, Excluded) = (text, included, excluded);

    public IReadOnlyList<AccountTerm> Included { get; }

    public IReadOnlyList<AccountTerm> Excluded { get; }

    /// <summary>Every account there is or ever will be.</summary>
    public bool IsAll => Excluded.Count == 0 && Included.Any(static term => term.Kind == AccountTermKind.All);

    public AccountFactKinds Needs => Included.Concat(Excluded).Aggregate(AccountFactKinds.None, static (needs, term) => needs | term.Needs);

    /// <param name="problem">What is wrong, as the end of a sentence that begins with where the text stands.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AccountTerms? terms, out string problem)
    {
        (terms, problem) = (null, "is empty; give an account id, a name, ou:Path/To, tag:key=value or all");
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

        var (included, excluded) = (new List<AccountTerm>(), new List<AccountTerm>());
        foreach (var part in parts)
        {
            var isExcluded = part.StartsWith('!');
            if (!AccountTerm.TryParse(isExcluded ? part[1..].TrimStart() : part, out var term, out var wrong))
            {
                problem = parts.Length == 1 ? wrong : $"is not right: '{Printable.Line(part, 80)}' {wrong}";
                return false;
            }

            (isExcluded ? excluded : included).Add(term);
        }

        if (included.Count == 0)
        {
            included.Add(AccountTerm.TryParse("all", out var all, out _) ? all : throw new System.Diagnostics.UnreachableException());
        }

        (terms, problem) = (new AccountTerms(text, included, excluded), "");
        return true;
    }

    /// <summary>
    /// Whether the terms mean the account, for who grants by them (what is not known keeps an account out) or withholds by them (what is
    /// not known takes it in).
    /// </summary>
    public bool Mean(IAccountFacts account, bool withholding)
    {
        var isIn = Strongest(Included, account);
        var isOut = Strongest(Excluded, account);
        return withholding
            ? isIn != TermMatch.No && isOut != TermMatch.Yes
            : isIn == TermMatch.Yes && isOut == TermMatch.No;
    }

    public override string ToString() => _text;

    private static TermMatch Strongest(IReadOnlyList<AccountTerm> terms, IAccountFacts account)
    {
        var strongest = TermMatch.No;
        foreach (var term in terms)
        {
            var match = term.Matches(account);
            strongest = match > strongest ? match : strongest;
        }

        return strongest;
    }
}
