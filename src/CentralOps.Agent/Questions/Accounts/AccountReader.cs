using CentralOps.Text.Nearness;

namespace CentralOps.Agent.Questions.Accounts;

/// <summary>Finds the accounts that a question speaks of: ids, names, units, all of them, and what is left out.</summary>
internal sealed class AccountReader(IReadOnlyList<KnownAccount> known)
{
    private const int ShortestPart = 3;

    private static readonly string[] Everything =
    [
        "all of our account", "all our account", "all the account", "all account", "every account", "each account", "any account", "across account", "all of aws", "every aws account", "all aws account",
        "any aws account", "across the whole organization", "whole organization", "entire organization", "across the organization", "across our organization", "the organization", "whole org", "entire org", "across the org", "across our org", "organization-wide", "org-wide",
        "company-wide", "whole company", "all over the organization", "whole fleet", "entire fleet", "across the fleet", "whole estate",
    ];

    private static readonly string[] Everywhere = ["everywhere", "anywhere in aws"];
    private static readonly string[] Leaving = ["except", "excluding", "without", "but not", "other than", "apart from", "not in", "but"];
    private static readonly string[] Into = ["in", "of", "for", "from", "on", "to", "account", "into", "inside", "within", "do", "does", "have", "accounts"];

    private readonly NamedAccounts _names = new(known);
    private readonly NamedUnits _units = new(known);

    /// <param name="everywhere">It says that no place is left out, regions included.</param>
    public AccountChoice Read(Question question, out bool everywhere)
    {
        // What is left out stands behind a word that says so, to the end of the question.
        var (split, width) = LeavingAt(question);
        var terms = Terms(question, 0, split);
        everywhere = question.TryTake(Everywhere);
        if (everywhere && !terms.Contains(AccountChoice.All, StringComparer.Ordinal))
        {
            terms.Add(AccountChoice.All);
        }

        var left = split < question.Words.Count ? Terms(question, split + width, question.Words.Count) : [];
        if (left.Count > 0)
        {
            question.Take(split, width);
            terms = terms.Count > 0 ? terms : [AccountChoice.All];
        }

        return new AccountChoice([.. terms.Concat(left.Select(static term => "!" + term)).Distinct(StringComparer.Ordinal)]);
    }

    private (int At, int Width) LeavingAt(Question question)
    {
        foreach (var word in Leaving)
        {
            var width = word.Count(' ') + 1;
            if (question.Find(word) is > 0 and var at && at + width < question.Words.Count && StartsTerm(question, at + width))
            {
                return (at, width);
            }
        }

        return (question.Words.Count, 0);
    }

    // "without backups" leaves out no account.
    private bool StartsTerm(Question question, int at)
    {
        at += question.Words[at].Lower is "the" or "account" or "accounts" or "in" or "for" ? 1 : 0;
        return at < question.Words.Count && (IsId(question.Words[at]) || _names.At(question, at) is not null || _names.Begun(question.Words[at]) is not null || _units.At(question, at) is not null);
    }

    private List<string> Terms(Question question, int from, int to)
    {
        var terms = new List<string>();
        foreach (var phrase in Everything)
        {
            if (question.Find(phrase, evenTaken: false) is >= 0 and var at && at >= from && at < to)
            {
                question.Take(at, phrase.Count(' ') + 1);
                terms.Add(AccountChoice.All);
                break;
            }
        }

        for (var at = from; at < to; at++)
        {
            if (!question.IsTaken(at) && TermAt(question, at, terms.Count > 0) is { } found)
            {
                question.Take(at, found.Width);
                TakeNoun(question, at, found.Width);
                terms.Add(found.Term);
            }
        }

        // "Staging servers": a capital begins every sentence, so this counts only where nothing else does.
        if (terms.Count == 0 && from == 0 && to > 1 && !question.IsTaken(0) && char.IsUpper(question.Words[0].Text[0]) && _names.At(question, 0) is { } first)
        {
            question.Take(0, first.Width);
            terms.Add(first.Term);
        }

        return terms;
    }

    private (string Term, int Width)? TermAt(Question question, int at, bool follows)
    {
        var word = question.Words[at];

        // 1. What cannot mean anything else.
        if (IsId(word))
        {
            return (word.Text, 1);
        }

        if (word.Lower.StartsWith("ou:", StringComparison.Ordinal) && word.Text.Length > 3)
        {
            return (word.Text, 1);
        }

        // 2. A unit, where several accounts or a unit are spoken of.
        if (_units.At(question, at) is { } unit)
        {
            return unit;
        }

        // 3. A name in full. One that is an ordinary word too has to stand where an account does.
        if (_names.At(question, at) is { } name && (name.Width > 1 || StandsAsName(question, at) || follows))
        {
            return name;
        }

        // 4. A name begun, or mistyped, where an account has to stand.
        if (StandsAsPlace(question, at) && (_names.Begun(word) ?? _names.Mistyped(word)) is { } meant)
        {
            return (meant, 1);
        }

        return null;
    }

    private static bool StandsAsName(Question question, int at) =>
        StandsAsPlace(question, at) || (char.IsUpper(question.Words[at].Text[0]) && at > 0);

    private static bool StandsAsPlace(Question question, int at) =>
        question.After(at) is "account" or "accounts" || Into.Contains(question.Before(at), StringComparer.Ordinal)
        || (question.Before(at) is "the" or "our" or "and" or "," && at > 1 && Into.Contains(question.Before(at - 1), StringComparer.Ordinal));

    private static bool IsId(Word word) => word.Text.Length == 12 && word.Text.All(char.IsAsciiDigit);

    private static void TakeNoun(Question question, int at, int width)
    {
        if (at > 0 && question.Words[at - 1].Lower is "account" or "accounts")
        {
            question.Take(at - 1);
        }

        if (at + width < question.Words.Count && question.Words[at + width].Lower is "account" or "accounts")
        {
            question.Take(at + width);
        }
    }

    /// <summary>Names of accounts, as people write them.</summary>
    private sealed class NamedAccounts(IReadOnlyList<KnownAccount> known)
    {
        private readonly List<(string[] Words, string Term)> _names =
        [
            .. known.GroupBy(static account => account.Name, StringComparer.OrdinalIgnoreCase)
                // Two accounts of one name are told apart by their ids alone: the name means neither.
                .Where(static group => group.Count() == 1 && group.Key.Length > 0)
                .Select(static group => (Split(group.Key), TermOf(group.First())))
                .Where(static name => name.Item1.Length > 0)
                .OrderByDescending(static name => name.Item1.Length).ThenBy(static name => name.Item2, StringComparer.Ordinal),
        ];

        public (string Term, int Width)? At(Question question, int at)
        {
            foreach (var (words, term) in _names)
            {
                if (Width(question, at, words) is > 0 and var width)
                {
                    return (term, width);
                }
            }

            return null;
        }

        /// <summary>The one name that begins so: dev, prod. Of a name of several words the first, with its capital: "data" alone means none.</summary>
        public string? Begun(Word word)
        {
            var meant = word.Lower.Length < ShortestPart ? [] : _names.FindAll(name => IsBegun(name.Words, word));
            return meant is [var only] ? only.Term : null;
        }

        public string? Mistyped(Word word)
        {
            var near = word.Lower.Length < 6 ? [] : NearNames.Of(word.Lower, _names.Where(static name => name.Words.Length == 1).Select(static name => name.Words[0]), 2);
            return near is [var only] && EditDistance.Within(word.Lower, only, 2) <= 2 ? _names.Find(name => name.Words is [var one] && string.Equals(one, only, StringComparison.Ordinal)).Term : null;
        }

        private static bool IsBegun(string[] name, Word word) => name.Length == 1
            ? name[0].StartsWith(word.Lower, StringComparison.Ordinal)
            : char.IsUpper(word.Text[0]) && string.Equals(name[0], word.Lower, StringComparison.Ordinal);

        // Selectors have commas between and marks in front: a name that has its own is told by its id.
        private static string TermOf(KnownAccount account) => account.Name.AsSpan().IndexOfAny(",!:") >= 0 ? account.Id : account.Name;

        // As in "log archive", log-archive or 'Log Archive'.
        private static int Width(Question question, int at, string[] words)
        {
            var (width, matched) = (0, 0);
            while (matched < words.Length && at + width < question.Words.Count)
            {
                var parts = Split(question.Words[at + width].Lower);
                if (matched + parts.Length > words.Length || !parts.AsSpan().SequenceEqual(words.AsSpan(matched, parts.Length)))
                {
                    return 0;
                }

                matched += parts.Length;
                width++;
            }

            return matched == words.Length ? width : 0;
        }

        private static string[] Split(string name) => name.ToLowerInvariant().Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries);
    }
}
