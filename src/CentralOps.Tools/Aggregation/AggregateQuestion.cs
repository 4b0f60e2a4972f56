using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Aggregation;

/// <summary>What is made of rows.</summary>
/// <param name="GroupBy">Fields, with the names that they were asked by. None: all rows are one group.</param>
/// <param name="Where">Rows for which it is not true are passed over; null for all.</param>
/// <param name="Top">Groups to tell; the others are told as one.</param>
internal sealed record AggregateQuestion(IReadOnlyList<(string Name, FieldPath Path)> GroupBy, IReadOnlyList<Measure> Measures, RowQuery? Where, GroupOrder Order, int Top);
