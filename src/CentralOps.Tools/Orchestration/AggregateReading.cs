using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Aggregation;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Orchestration;

/// <summary>What is to be made of a tool's items: checked against the fields that they have.</summary>
internal static class AggregateReading
{
    private const string Unit = "ou";
    private const string AccountTags = "account_tags";

    public static Refusal.BadArguments? TryRead(AccountTool tool, ArgumentValues arguments, AnswerPlace place, out AggregateQuestion question)
    {
        using var reader = ArgumentReader.Open("{}"u8.ToArray(), place);
        IReadOnlyList<string> known = [.. FlatRows.PlaceNames, Unit, AccountTags, .. tool.RowFields];
        var groupBy = new List<(string, FieldPath)>();
        foreach (var name in arguments.Of(AggregateArguments.GroupBy).Distinct(StringComparer.Ordinal))
        {
            if (FieldSelection.Find("group_by", name, known, reader) is { } path)
            {
                groupBy.Add((name, path));
            }
        }

        var measures = new List<Measure>();
        foreach (var text in Given(arguments.Of(AggregateArguments.Measures)))
        {
            if (Measure.Read("measures", text, known, reader) is { } measure)
            {
                measures.Add(measure);
            }
        }

        var where = RowQuery.Read("where", arguments.Of(AggregateArguments.Where), reader);
        var order = GroupOrder.Read("order_by", arguments.Of(AggregateArguments.OrderBy), groupBy, measures, reader);
        question = new AggregateQuestion(groupBy, measures, where, order, arguments.Of(AggregateArguments.Top));
        return reader.Finish();
    }

    /// <summary>What has to be known of accounts: units and tags cost calls, and are asked for only where they are spoken of.</summary>
    public static AccountDetail DetailOf(AggregateQuestion question, string? where) =>
        (Speaks(question, where, Unit) ? AccountDetail.Units : AccountDetail.None) | (Speaks(question, where, AccountTags) ? AccountDetail.Tags : AccountDetail.None);

    private static bool Speaks(AggregateQuestion question, string? where, string name) =>
        question.GroupBy.Any(one => string.Equals(one.Path.Root, name, StringComparison.Ordinal))
        || question.Measures.Any(measure => string.Equals(measure.Path?.Root, name, StringComparison.Ordinal))
        || (where is not null && HasWord(where, name));

    /// <summary>Whether a name stands in an expression as a whole: <c>ou</c> is not in <c>count</c>.</summary>
    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at == 0 || !IsOfName(text[at - 1])) && (end == text.Length || !IsOfName(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    private static IEnumerable<string> Given(IReadOnlyList<string> measures) => measures.Count == 0 ? ["count"] : measures.Distinct(StringComparer.Ordinal);
}
