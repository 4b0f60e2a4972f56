using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Access.Selectors;

/// <summary>
/// One part of an account selector: an id, a whole name, a unit with all below it, a tag, or every account. The one reading of that syntax,
/// for arguments and for rules.
/// </summary>
public sealed record AccountTerm
{
    private const int IdLength = 12;

    private AccountTerm(AccountTermKind kind) => Kind = kind;

    public AccountTermKind Kind { get; }

    public required string Text { get; init; }

    /// <summary>The id, the name, the unit's path or the tag's value.</summary>
    public string Value { get; private init; } = "";

    /// <summary>The tag's key.</summary>
    public string Key { get; private init; } = "";

    public AccountFactKinds Needs => Kind switch
    {
        AccountTermKind.Unit => AccountFactKinds.Units,
        AccountTermKind.Tag => AccountFactKinds.Tags,
        _ => AccountFactKinds.None,
    };

    /// <param name="problem">What is wrong with the term, as the end of a sentence that begins with it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out AccountTerm? term, out string problem)
    {
        (term, problem) = Parse(text);
        return term is not null;
    }

    public TermMatch Matches(IAccountFacts account) => Kind switch
    {
        AccountTermKind.All => TermMatch.Yes,
        AccountTermKind.Id => Sure(string.Equals(account.AccountId, Value, StringComparison.Ordinal)),
        AccountTermKind.Name => Sure(string.Equals(account.Name, Value, StringComparison.OrdinalIgnoreCase)),
        AccountTermKind.Unit => account.UnitPath is { } path ? Sure(IsWithin(path)) : TermMatch.Unknown,
        _ => account.TagValues is { } tags ? Sure(tags.TryGetValue(Key, out var value) && string.Equals(value, Value, StringComparison.Ordinal)) : TermMatch.Unknown,
    };

    private static (AccountTerm? Term, string Problem) Parse(string text)
    {
        if (text is "all")
        {
            return (new(AccountTermKind.All) { Text = text }, "");
        }

        if (text.StartsWith("ou:", StringComparison.Ordinal))
        {
            var path = text["ou:".Length..].Trim('/');
            return path.Length > 0 ? (new(AccountTermKind.Unit) { Text = text, Value = path }, "") : (null, "names no organizational unit; write it as in ou:Workloads/Prod");
        }

        if (text.StartsWith("tag:", StringComparison.Ordinal))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            return equals > "tag:".Length
                ? (new(AccountTermKind.Tag) { Text = text, Key = text["tag:".Length..equals], Value = text[(equals + 1)..] }, "")
                : (null, "is no tag; write it as in tag:env=prod");
        }

        return text.StartsWith("name:", StringComparison.Ordinal) ? Named(text, text["name:".Length..]) : IdOrName(text);
    }

    private static (AccountTerm? Term, string Problem) IdOrName(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return Named(text, text);
        }

        return text.Length == IdLength
            ? (new(AccountTermKind.Id) { Text = text, Value = text }, "")
            : (null, $"has {text.Length} digits, an account id has {IdLength}; write name:{text} for an account of that name");
    }

    private static (AccountTerm? Term, string Problem) Named(string text, string name) => name.Length > 0
        ? (new(AccountTermKind.Name) { Text = text, Value = name }, "")
        : (null, "is empty; give an account id, a name, ou:Path/To, tag:key=value or all");

    private static TermMatch Sure(bool matches) => matches ? TermMatch.Yes : TermMatch.No;

    private bool IsWithin(string path) =>
        path.StartsWith(Value, StringComparison.OrdinalIgnoreCase) && (path.Length == Value.Length || path[Value.Length] == '/');
}

public enum AccountTermKind
{
    All,
    Id,
    Name,
    Unit,
    Tag,
}
