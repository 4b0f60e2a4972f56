using System.Text.Json;

namespace CentralOps.Sandbox.Policies;

/// <summary>Reads one statement of a policy document.</summary>
internal static class StatementReader
{
    public static Statement Read(JsonElement json, PolicyKind kind, bool variables)
    {
        PolicyReader.Demand(json.ValueKind == JsonValueKind.Object, "Syntax errors in policy: a statement must be an object.");
        string? effect = null;
        IReadOnlyList<PrincipalPattern>? principals = null;
        IReadOnlyList<Glob>? actions = null;
        IReadOnlyList<ArnPattern>? resources = null;
        IReadOnlyList<Condition> conditions = [];
        bool notPrincipal = false, notAction = false, notResource = false;
        var namesPrincipals = kind is PolicyKind.Trust or PolicyKind.Resource;
        foreach (var element in json.EnumerateObject())
        {
            switch (element.Name)
            {
                case "Sid":
                    break;
                case "Effect":
                    effect = Text(element.Value);
                    break;
                case "Principal" or "NotPrincipal" when namesPrincipals && principals is null:
                    notPrincipal = element.Name is "NotPrincipal";
                    principals = Principals(element.Value);
                    break;
                case "Action" or "NotAction" when actions is null:
                    notAction = element.Name is "NotAction";
                    actions = [.. Strings(element.Value).Select(Action)];
                    break;
                case "Resource" or "NotResource" when kind != PolicyKind.Trust && resources is null:
                    notResource = element.Name is "NotResource";
                    resources = [.. Strings(element.Value).Select(text => Resource(text, variables))];
                    break;
                case "Condition":
                    conditions = Conditions(element.Value, variables);
                    break;
                default:
                    throw new PolicyProblemException($"Syntax errors in policy: '{element.Name}' may not stand here.");
            }
        }

        PolicyReader.Demand(effect is "Allow" or "Deny", "Syntax errors in policy: Effect must be Allow or Deny.");
        PolicyReader.Demand(actions is { Count: > 0 }, "Policy statement must contain actions.");
        PolicyReader.Demand(kind == PolicyKind.Trust || resources is { Count: > 0 }, "Policy statement must contain resources.");
        PolicyReader.Demand(!namesPrincipals || principals is { Count: > 0 }, "Policy statement must contain a principal.");
        return new Statement
        {
            Deny = effect is "Deny",
            Principals = principals,
            PrincipalsInverted = notPrincipal,
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

    private static ArnPattern Resource(string resource, bool variables)
    {
        var rules = TextRules.Wildcards | (variables ? TextRules.Variables : TextRules.Literal);
        PolicyReader.Demand(ArnPattern.TryParse(resource, rules, out var pattern, out var problem), problem ?? "");
        return pattern!;
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

    private static List<Condition> Conditions(JsonElement json, bool variables)
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
                PolicyReader.Demand(Condition.TryParse(block.Name, key.Name, values, variables, out var condition, out var problem), problem ?? "");
                conditions.Add(condition!);
            }
        }

        return conditions;
    }

    private static List<string> Strings(JsonElement json) => [.. PolicyReader.Each(json).Select(Text)];

    // AWS takes truth values and numbers without quotes as condition values.
    private static string Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => json.GetRawText(),
        _ => throw new PolicyProblemException("Syntax errors in policy: a string was expected."),
    };
}
