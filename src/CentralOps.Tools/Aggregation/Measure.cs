using CentralOps.Accounts;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Aggregation;

/// <summary>What is told of each group: <c>count</c>, <c>count(Field)</c>, <c>sum(Field)</c> and so on.</summary>
/// <param name="Name">As it was asked for; it is the member's name in the answer.</param>
/// <param name="Path">Null for the number of rows.</param>
internal sealed record Measure(string Name, MeasureKind Kind, FieldPath? Path)
{
    public const int MaxCount = 20;
    public const string Forms = "count, count(Field), count_distinct(Field), distinct(Field), sum(Field), avg(Field), min(Field) or max(Field)";

    /// <returns>Null where the text is none, which is noted in the reader.</returns>
    public static Measure? Read(string argument, string text, IReadOnlyCollection<string> known, ArgumentReader reader)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var isCall = open > 0 && text[^1] == ')';
        MeasureKind? kind = (isCall ? text[..open] : text) switch
        {
            "count" => isCall ? MeasureKind.CountOf : MeasureKind.Count,
            "count_distinct" when isCall => MeasureKind.CountDistinct,
            "distinct" when isCall => MeasureKind.Distinct,
            "sum" when isCall => MeasureKind.Sum,
            "avg" when isCall => MeasureKind.Average,
            "min" when isCall => MeasureKind.Min,
            "max" when isCall => MeasureKind.Max,
            _ => null,
        };
        if (kind is null)
        {
            reader.Note(argument, $"has '{PlainText.Line(text, 60)}', which is no measure", $"Write {Forms}");
            return null;
        }

        if (!isCall)
        {
            return new Measure(text, MeasureKind.Count, null);
        }

        return FieldSelection.Find(argument, text[(open + 1)..^1].Trim(), known, reader) is { } path ? new Measure(text, kind.Value, path) : null;
    }

    public Tally Begin(TallyBudget budget) => Kind switch
    {
        MeasureKind.Count => new CountTally(isOfRows: true),
        MeasureKind.CountOf => new CountTally(isOfRows: false),
        MeasureKind.CountDistinct => new DistinctTally(budget, tellsValues: false),
        MeasureKind.Distinct => new DistinctTally(budget, tellsValues: true),
        MeasureKind.Sum => new SumTally(isMean: false),
        MeasureKind.Average => new SumTally(isMean: true),
        _ => new ExtremeTally(Kind == MeasureKind.Max ? 1 : -1),
    };
}

internal enum MeasureKind
{
    Count,
    CountOf,
    CountDistinct,
    Distinct,
    Sum,
    Average,
    Min,
    Max,
}
