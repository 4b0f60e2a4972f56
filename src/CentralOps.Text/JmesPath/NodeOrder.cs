using System.Text;
using System.Text.Json;

namespace CentralOps.Text.JmesPath;

/// <summary>When two values are equal, and which comes first.</summary>
internal static class NodeOrder
{
    /// <summary>Two numbers by value, two strings by code points.</summary>
    public static int Compare(Node left, Node right) => left.IsNumber ? CompareNumbers(left, right) : CompareText(left.Text(), right.Text());

    /// <summary>Deeply; numbers by value, objects whatever the order of their members.</summary>
    public static bool AreEqual(Node left, Node right, Evaluation evaluation)
    {
        evaluation.Count(1);
        if (left.Kind != right.Kind)
        {
            return false;
        }

        return left.Kind switch
        {
            JsonValueKind.Number => CompareNumbers(left, right) == 0,
            JsonValueKind.String => string.Equals(left.Text(), right.Text(), StringComparison.Ordinal),
            JsonValueKind.Array => left.Length == right.Length && left.Items().Zip(right.Items()).All(pair => AreEqual(pair.First, pair.Second, evaluation)),
            JsonValueKind.Object => AreEqualMaps(left, right, evaluation),
            _ => true,
        };
    }

    // Where both are exact, exactly: beyond 2^53 different whole numbers share a double.
    public static int CompareNumbers(Node left, Node right) =>
        left.Element is { } one && right.Element is { } other && one.TryGetDecimal(out var exactly) && other.TryGetDecimal(out var exactlyToo)
            ? exactly.CompareTo(exactlyToo)
            : left.Number().CompareTo(right.Number());

    private static bool AreEqualMaps(Node left, Node right, Evaluation evaluation)
    {
        var others = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var (name, value) in evaluation.Counted(right.Members()))
        {
            others[name] = value;
        }

        var own = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var (name, value) in evaluation.Counted(left.Members()))
        {
            own[name] = value;
        }

        return own.Count == others.Count && own.All(member => others.TryGetValue(member.Key, out var other) && AreEqual(member.Value, other, evaluation));
    }

    // UTF-16 would sort what lies beyond its first plane before U+E000 to U+FFFF.
    private static int CompareText(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        same -= same > 0 && char.IsHighSurrogate(left[same - 1]) ? 1 : 0;
        Rune.DecodeFromUtf16(left.AsSpan(same), out var one, out _);
        Rune.DecodeFromUtf16(right.AsSpan(same), out var other, out _);
        return one.CompareTo(other);
    }
}
