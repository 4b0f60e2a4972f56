using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Rules;

/// <summary>What a rule has to be beyond the model.</summary>
internal static class RuleDemands
{
    public static ControlError? Check(JsonObject rule)
    {
        if (rule["actions"] is not JsonArray actions)
        {
            return null;
        }

        for (var i = 0; i < actions.Count; i++)
        {
            var action = actions[i] as JsonObject;
            foreach (var (kind, split) in ((string, string)[])[("configurationBundle", "weightedOverride"), ("routeToTarget", "weightedRoute")])
            {
                if (action.At(kind, split, "trafficSplit") is JsonArray weights && weights.Sum(static entry => (int?)entry.At("weight") ?? 0) != 100)
                {
                    return ControlError.Invalid($"actions.{i}.{kind}.{split}.trafficSplit", "The weights of a traffic split must come to 100");
                }
            }
        }

        return null;
    }
}
