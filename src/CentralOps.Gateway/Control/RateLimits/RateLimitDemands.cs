using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.RateLimits;

/// <summary>What a rate limit has to be beyond the model.</summary>
internal static class RateLimitDemands
{
    private const string Any = "*";

    /// <param name="place">Before the limit's members: empty, or <c>rateLimits.3.</c>.</param>
    public static ControlError? Check(JsonObject limit, string place)
    {
        var keys = limit.TextsAt("dimensionKeys");
        if (keys.Distinct(StringComparer.Ordinal).Count() != keys.Count)
        {
            return ControlError.Invalid($"{place}dimensionKeys", "Dimension keys must be different from each other");
        }

        var entries = limit["entries"]!.AsArray();
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i]!;
            var dimensions = entry["dimensions"]!.AsObject();
            if (dimensions.Count != keys.Count || !keys.All(dimensions.ContainsKey))
            {
                return ControlError.Invalid($"{place}entries.{i}.dimensions", $"Dimensions must be exactly the dimension keys: {string.Join(", ", keys)}");
            }

            if (keys.SkipWhile(key => dimensions.TextAt(key) is not Any).Any(key => dimensions.TextAt(key) is not Any))
            {
                return ControlError.Invalid($"{place}entries.{i}.dimensions", "'*' is allowed for trailing dimensions only");
            }

            if (entry["requests"] is null && entry["tokens"] is null && entry["connections"] is null)
            {
                return ControlError.Invalid($"{place}entries.{i}", "An entry must limit requests, tokens or connections");
            }
        }

        return null;
    }
}
