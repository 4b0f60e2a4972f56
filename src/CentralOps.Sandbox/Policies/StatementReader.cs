using System.Text.Json;

namespace CentralOps.Sandbox.Policies;

/// <summary>Reads one statement of a policy document.</summary>
internal static class StatementReader
{
    public static Statement Read(JsonElement json, PolicyKind kind)
    {
        PolicyReader.Demand(json.ValueKind == JsonValueKind.Object, "Syntax errors in policy: a statement must be an object.");
        string? effect = null;
        IReadOnlyList<PrincipalPattern>? principals = null;
        IReadOnlyList<Glob>? actions = null;
        IReadOnlyList<ArnPattern>? resources = null;
        IReadOnlyList<Condition> conditions = [];
        bool notAction = false, notResource = false;
        foreach (var element in json.EnumerateObject())
        {
            switch (element.Name)
            {
                case "Sid":
                    break;
                case "Effect":
                    effect = Text(element.Value);
                    break;
                case "Principal" when kind == PolicyKind.Trust:
                    principals = Principals(element.Value);
                    break;
                case "Action" or "NotAction" when actions is null:
                    notAction = element.Name is "NotAction";
                    actions = [.. Strings(element.Value).Select(Action)];
                    break;
                case "Resource" or "NotResource" when kind != PolicyKind.Trust && resources is null:
                    notResource = element.Name is "NotResource";
                    resources = [.. Strings(element.Value).Select(Resource)];
                    break;
                case "Condition":
                    conditions = Conditions(element.Value);
                    break;
                default:
                    throw new PolicyProblemException($"Syntax errors in policy: '{element.Name}' may not stand here.");
            }
        }

        PolicyReader.Demand(effect is "Allow" or "Deny", "Syntax errors in policy: Effect must be Allow or Deny.");
        PolicyReader.Demand(actions is { Count: > 0 }, "Policy statement must contain actions.");
        PolicyReader.Demand(kind == PolicyKind.Trust || resources is { Count: > 0 }, "Policy statement must contain resources.");
        PolicyReader.Demand(kind != PolicyKind.Trust || principals is { Count: > 0 }, "Policy statement must contain a principal.");
        return new Statement
        {
            Deny = effect is "Deny",
            Principals = principals,
            Actions = actions,
            ActionsInverted = notAction,
            Resources = resources,
            ResourcesInverted = notResource,
            Conditions = conditions,
        };
    }

    private static Glob Action(string action)
    {
        PolicyReader.Demand(action is "*" || action.IndexOf(':', StringComparison.Ordinal) > 0, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        return new Glob(action);
    }

    private static ArnPattern Resource(string resource)
    {
        PolicyReader.Demand(!resource.Contains("${", StringComparison.Ordinal), "Policy variables are not evaluated by this sandbox.");
        PolicyReader.Demand(ArnPattern.TryParse(resource, out var pattern), $"Resource {resource} must be in ARN format or \"*\".");
        return pattern;
    }

    private static List<PrincipalPattern> Principals(JsonElement json)
    {
        var principals = new List<PrincipalPattern>();
        if (json.ValueKind == JsonValueKind.String)
        {
            principals.Add(AwsPrincipal(Text(json)));
            return principals;
        }

        PolicyReader.Demand(json.ValueKind == JsonValueKind.Object, "Invalid principal in policy.");
        foreach (var group in json.EnumerateObject())
        {
            PolicyReader.Demand(group.Name is "AWS" or "Service", $"Invalid principal in policy: '{group.Name}' is not evaluated by this sandbox.");
            principals.AddRange(Strings(group.Value).Select(text => group.Name is "AWS" ? AwsPrincipal(text) : PrincipalPattern.Service));
        }

        return principals;
    }

    private static PrincipalPattern AwsPrincipal(string text)
    {
        PolicyReader.Demand(PrincipalPattern.TryParse(text, out var pattern), $"Invalid principal in policy: \"AWS\":\"{text}\"");
        return pattern;
    }

    private static List<Condition> Conditions(JsonElement json)
    {
        PolicyReader.Demand(json.ValueKind == JsonValueKind.Object, "Syntax errors in policy: Condition must be an object.");
        var conditions = new List<Condition>();
        foreach (var block in json.EnumerateObject())
        {
            PolicyReader.Demand(block.Value.ValueKind == JsonValueKind.Object, "Syntax errors in policy: a condition operator holds an object of keys.");
            foreach (var key in block.Value.EnumerateObject())
            {
                var values = Strings(key.Value);
                // With no value a negated operator would always hold, and grant.
                PolicyReader.Demand(values.Count > 0, "Syntax errors in policy: a condition key needs a value.");
                PolicyReader.Demand(values.TrueForAll(value => !value.Contains("${", StringComparison.Ordinal)), "Policy variables are not evaluated by this sandbox.");
                PolicyReader.Demand(Condition.TryParse(block.Name, key.Name, values, out var condition, out var problem), problem ?? "");
                conditions.Add(condition!);
            }
        }

        return conditions;
    }

    private static List<string> Strings(JsonElement json) => [.. PolicyReader.Each(json).Select(Text)];

    // AWS takes true and false without quotes as condition values.
    private static string Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new PolicyProblemException("Syntax errors in policy: a string was expected."),
    };
}
