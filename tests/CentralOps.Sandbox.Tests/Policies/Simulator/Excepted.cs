using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies.Simulator;

/// <summary>
/// Where AWS's documentation says another thing than the simulator does. A case is excepted only if the simulator's reading, put in
/// place of AWS's, explains its decision.
/// </summary>
internal static partial class Excepted
{
    private const string Guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";

    /// <summary>A variable without a value is equal to nothing and like nothing, so what is inverted holds; the simulator drops the statement.</summary>
    private const string NoValue = Guide + "reference_policies_variables.html#policy-vars-no-value";

    /// <summary>A deny spares only whom NotPrincipal names with account, role and session; the simulator takes any of them.</summary>
    private const string NotPrincipal = Guide + "reference_policies_elements_notprincipal.html";

    /// <summary>IfExists ends every operator but Null, and makes it hold for a key that is not there; the simulator knows it not with ForAnyValue.</summary>
    private const string IfExists = Guide + "reference_policies_elements_condition_operators.html#Conditions_IfExists";

    /// <summary>What a policy of the same account's resource grants to the session itself, no session policy takes away by silence.</summary>
    private const string DirectGrant = Guide + "access_policies.html#policies_session";

    /// <summary>The pages that explain the simulator's decision; none when nothing does.</summary>
    public static IReadOnlyCollection<string> Explain(PolicyCase drawn, string theirs)
    {
        var pages = new SortedSet<string>(StringComparer.Ordinal);
        var reread = drawn with
        {
            Identity = [.. drawn.Identity.Select(Reread)],
            Session = drawn.Session is null ? null : Reread(drawn.Session),
            Boundary = drawn.Boundary is null ? null : Reread(drawn.Boundary),
            Resource = drawn.Resource is null ? null : Reread(drawn.Resource),
            Guardrails = [.. drawn.Guardrails.Select(level => level.Select(Reread).ToArray())],
        };
        var decision = reread.Decide();
        if (decision == "Allowed" && reread.Question is { Principal.SessionPolicy: { } session } question && !session.Allows(question))
        {
            decision = "ImplicitlyDenied";
            pages.Add(DirectGrant);
        }

        return decision == theirs ? pages : [];

        JsonObject Reread(JsonObject document)
        {
            var copy = (JsonObject)document.DeepClone();
            foreach (var statement in copy["Statement"]!.AsArray().Select(statement => statement!.AsObject()))
            {
                if (Dropped(statement, drawn) is { } page)
                {
                    pages.Add(page);
                    statement.Remove("NotAction");
                    statement["Action"] = "none:None";
                }
            }

            return copy;
        }
    }

    /// <summary>The page by which AWS applies a statement that the simulator drops.</summary>
    private static string? Dropped(JsonObject statement, PolicyCase drawn)
    {
        if (statement["NotPrincipal"] is { } spared && drawn.Boundary is null && spared["AWS"]!.AsArray().Any(name => NamesCaller(name!.GetValue<string>(), drawn.Request.Principal)))
        {
            return NotPrincipal;
        }

        if (statement["NotResource"] is { } others && HasVariableWithoutValue(others, drawn))
        {
            return NoValue;
        }

        foreach (var (op, key, values) in Conditions(statement))
        {
            ConditionKey.TryParse(key, out var known).ShouldBeTrue(key);
            var present = known.ValuesIn(drawn.Question) is not null;
            if (present && op.Contains("Not", StringComparison.Ordinal) && HasVariableWithoutValue(values, drawn))
            {
                return NoValue;
            }

            if (!present && op.StartsWith("ForAnyValue:", StringComparison.Ordinal) && op.EndsWith("IfExists", StringComparison.Ordinal))
            {
                return IfExists;
            }
        }

        return null;
    }

    private static IEnumerable<(string Op, string Key, JsonNode Values)> Conditions(JsonObject statement) =>
        from block in statement["Condition"]?.AsObject() ?? []
        from key in block.Value!.AsObject()
        select (block.Key, key.Key, key.Value!);

    private static bool NamesCaller(string name, Principal caller) =>
        name == caller.Arn || name == caller.IamArn || name == caller.AccountId || name == $"arn:aws:iam::{caller.AccountId}:root";

    private static bool HasVariableWithoutValue(JsonNode values, PolicyCase drawn) => Variable().Matches(values.ToJsonString())
        .Any(match => ConditionKey.TryParse(match.Groups[1].Value, out var key) && key.ValuesIn(drawn.Question) is null);

    [GeneratedRegex(@"\$\{([\w:/]+)\}")]
    private static partial Regex Variable();
}
