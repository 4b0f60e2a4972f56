using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Accounts.Directory;

/// <summary>One part of a selector: an id, a whole name, a unit with all below it, a tag, or every account.</summary>
internal sealed record SelectorTerm
{
    private SelectorTerm(SelectorKind kind) => Kind = kind;

    public SelectorKind Kind { get; }

    public required string Text { get; init; }

    /// <summary>Of a term that is an id.</summary>
    public AccountId? Id { get; private init; }

    private string Key { get; init; } = "";

    private string Value { get; init; } = "";

    /// <param name="problem">What is wrong with the term, as the end of a sentence that begins with it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out SelectorTerm? term, out string problem)
    {
        (term, problem) = (null, "");
        if (text is "all")
        {
            term = new(SelectorKind.All) { Text = text };
        }
        else if (AccountId.TryParse(text, out var id))
        {
            term = new(SelectorKind.Id) { Text = text, Id = id };
        }
        else if (text.StartsWith("ou:", StringComparison.Ordinal))
        {
            var path = text["ou:".Length..].Trim('/');
            problem = "names no organizational unit; write it as in ou:Workloads/Prod";
            term = path.Length > 0 ? new(SelectorKind.Unit) { Text = text, Value = path } : null;
        }
        else if (text.StartsWith("tag:", StringComparison.Ordinal))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            problem = "is no tag; write it as in tag:env=prod";
            term = equals > "tag:".Length ? new(SelectorKind.Tag) { Text = text, Key = text["tag:".Length..equals], Value = text[(equals + 1)..] } : null;
        }
        else
        {
            var name = text.StartsWith("name:", StringComparison.Ordinal) ? text["name:".Length..] : text;
            problem = name.Length == 0
                ? "is empty; give an account id, a name, ou:Path/To, tag:key=value or all"
                : $"has {name.Length} digits, an account id has 12; write name:{name} for an account of that name";
            var isId = name.Length == text.Length && !name.AsSpan().ContainsAnyExceptInRange('0', '9');
            term = name.Length > 0 && !isId ? new(SelectorKind.Name) { Text = text, Value = name } : null;
        }

        problem = term is null ? problem : "";
        return term is not null;
    }

    public bool Matches(Account account) => Kind switch
    {
        SelectorKind.All => true,
        SelectorKind.Id => account.Id == Id,
        SelectorKind.Name => string.Equals(account.Name, Value, StringComparison.OrdinalIgnoreCase),
        SelectorKind.Unit => account.OrganizationalUnit is { } unit && unit.StartsWith(Value, StringComparison.OrdinalIgnoreCase) && (unit.Length == Value.Length || unit[Value.Length] == '/'),
        _ => account.Tags.TryGetValue(Key, out var value) && string.Equals(value, Value, StringComparison.Ordinal),
    };

    /// <summary>What could have been meant, of what these accounts have.</summary>
    public IReadOnlyList<string> NearestIn(IReadOnlyList<Account> accounts) => Kind switch
    {
        SelectorKind.Unit => Nearest.To(Text, accounts.Where(static account => account.OrganizationalUnit is not null).Select(static account => $"ou:{account.OrganizationalUnit}").Distinct(StringComparer.Ordinal)),
        SelectorKind.Tag => Nearest.To(Text, accounts.SelectMany(static account => account.Tags).Select(static tag => $"tag:{tag.Key}={tag.Value}").Distinct(StringComparer.Ordinal)),
        _ => Nearest.To(Value.Length > 0 ? Value : Text, accounts.SelectMany(static account => new[] { account.Name, account.Id.ToString() })),
    };
}

internal enum SelectorKind
{
    All,
    Id,
    Name,
    Unit,
    Tag,
}
