using System.Text.Json;

namespace CentralOps.Text.JsonSchema;

/// <summary>JSON numbers as schemas compare them: exactly where they fit a decimal, as doubles beyond.</summary>
internal static class JsonNumbers
{
    public static bool IsInteger(JsonElement number)
    {
        if (number.TryGetInt64(out _))
        {
            return true;
        }

        return number.TryGetDecimal(out var exact) ? decimal.Truncate(exact) == exact : double.IsInteger(number.GetDouble());
    }

    public static int Compare(JsonElement left, JsonElement right) =>
        left.TryGetDecimal(out var exact) && right.TryGetDecimal(out var exactToo) ? exact.CompareTo(exactToo) : left.GetDouble().CompareTo(right.GetDouble());

    public static bool IsMultiple(JsonElement number, JsonElement of)
    {
        if (number.TryGetDecimal(out var exact) && of.TryGetDecimal(out var step) && step != 0)
        {
            return exact % step == 0;
        }

        // Where the quotient is beyond a double, or not told apart from a whole one, there is no telling: the number passes.
        var quotient = number.GetDouble() / of.GetDouble();
        return double.IsInfinity(quotient) ? double.IsInteger(number.GetDouble()) && of.GetDouble() is 1 or 0.5 : double.IsInteger(quotient);
    }
}

/// <summary>Values by what they are, for sets of them.</summary>
internal sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    private const int MaxDepth = 8;

    public static JsonEquality Instance { get; } = new();

    public bool Equals(JsonElement x, JsonElement y) => JsonElement.DeepEquals(x, y);

    public int GetHashCode(JsonElement obj) => Hash(obj, 0);

    private static int Hash(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().GetHashCode(),
        JsonValueKind.String => value.GetString()!.GetHashCode(StringComparison.Ordinal),
        JsonValueKind.Array when depth < MaxDepth => value.EnumerateArray().Aggregate(17, (hash, item) => HashCode.Combine(hash, Hash(item, depth + 1))),

        // Members in any order.
        JsonValueKind.Object when depth < MaxDepth =>
            value.EnumerateObject().Aggregate(19, (hash, member) => hash + HashCode.Combine(member.Name.GetHashCode(StringComparison.Ordinal), Hash(member.Value, depth + 1))),
        _ => (int)value.ValueKind,
    };
}
