using System.Text.Json;
using CentralOps.Accounts;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Aggregation;

/// <summary>By which of its columns groups are ordered. Equal ones stand in the order of their values, so that an answer does not change from call to call.</summary>
/// <param name="isMeasure">A measure, or else a field that is grouped by.</param>
internal sealed class GroupOrder(bool isMeasure, int index, bool isDescending) : IComparer<Group>
{
    /// <param name="text">A column's name, with <c>asc</c> or <c>desc</c> behind it or without; null for the first measure, the largest first.</param>
    public static GroupOrder Read(
        string argument, string? text, IReadOnlyList<(string Name, FieldPath Path)> groupBy, IReadOnlyList<Measure> measures, ArgumentReader reader)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new GroupOrder(isMeasure: true, 0, isDescending: true);
        }

        var words = text.Trim();
        var isAscending = words.EndsWith(" asc", StringComparison.Ordinal);
        var isDescending = words.EndsWith(" desc", StringComparison.Ordinal);
        var name = (isAscending ? words[..^4] : isDescending ? words[..^5] : words).Trim();
        for (var at = 0; at < measures.Count; at++)
        {
            if (string.Equals(measures[at].Name, name, StringComparison.Ordinal))
            {
                return new GroupOrder(isMeasure: true, at, !isAscending);
            }
        }

        for (var at = 0; at < groupBy.Count; at++)
        {
            if (string.Equals(groupBy[at].Name, name, StringComparison.Ordinal))
            {
                return new GroupOrder(isMeasure: false, at, isDescending);
            }
        }

        reader.Note(
            argument,
            $"is '{PlainText.Line(text, 60)}', which is none of the measures and none of group_by",
            $"Write one of {string.Join(", ", measures.Select(static measure => measure.Name).Concat(groupBy.Select(static one => one.Name)))}, with asc or desc behind it");
        return new GroupOrder(isMeasure: true, 0, isDescending: true);
    }

    public int Compare(Group? left, Group? right)
    {
        var order = isMeasure ? left!.Tallies[index].OrderAgainst(right!.Tallies[index]) : Compare(left!.Values[index], right!.Values[index]);
        return order != 0 ? isDescending ? -order : order : string.CompareOrdinal(left!.Key, right!.Key);
    }

    // Null first, numbers by value, everything else as it is written.
    private static int Compare(JsonElement left, JsonElement right)
    {
        if (left.ValueKind == JsonValueKind.Number && right.ValueKind == JsonValueKind.Number && left.TryGetDecimal(out var one) && right.TryGetDecimal(out var other))
        {
            return one.CompareTo(other);
        }

        var order = (left.ValueKind == JsonValueKind.Null).CompareTo(right.ValueKind == JsonValueKind.Null);
        return order != 0 ? -order : string.CompareOrdinal(left.GetRawText(), right.GetRawText());
    }
}
