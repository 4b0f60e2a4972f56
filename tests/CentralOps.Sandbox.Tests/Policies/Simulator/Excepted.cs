using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies.Simulator;

/// <summary>Where AWS's documentation says another thing than the simulator does. A rule is as narrow as it can be told from outside.</summary>
internal static partial class Excepted
{
    private const string Guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";

    public static IReadOnlyList<(string Page, Func<PolicyCase, string, string, bool> Applies)> Rules { get; } =
    [
        // What a resource policy of the same account grants to the session itself, or to everybody, no session policy takes away by silence.
        (Guide + "access_policies.html#policies_session", (drawn, ours, theirs) =>
            (ours, theirs) is ("Allowed", "ImplicitlyDenied") && !drawn.CrossAccount
            && drawn.Question is { Principal.SessionPolicy: { } session } question && !session.Allows(question)
            && drawn.Side.Document?.Grants(question) == PrincipalMatch.Caller),

        // A variable without a value is equal to nothing and like nothing, so an inverted operator holds.
        (Guide + "reference_policies_variables.html#policy-vars-no-value", (drawn, _, _) =>
            drawn.Documents.SelectMany(Conditions).Any(condition => condition.Op.Contains("Not", StringComparison.Ordinal) && HasVariableWithoutValue(condition.Values, drawn))),

        // A deny with NotPrincipal spares only whom it names with account, role and session; with a permissions boundary nobody.
        (Guide + "reference_policies_elements_notprincipal.html", (drawn, ours, _) =>
            ours == "ExplicitlyDenied" && drawn.Resource?.ToJsonString().Contains("NotPrincipal", StringComparison.Ordinal) == true),

        // IfExists ends every operator but Null, and makes it hold for a key that is not there.
        (Guide + "reference_policies_elements_condition_operators.html#Conditions_IfExists", (drawn, _, _) =>
            drawn.Documents.SelectMany(Conditions).Any(condition => condition.Op.StartsWith("ForAnyValue:", StringComparison.Ordinal) && condition.Op.EndsWith("IfExists", StringComparison.Ordinal))),
    ];

    private static IEnumerable<(string Op, string Values)> Conditions(JsonObject document) =>
        from statement in document["Statement"]!.AsArray()
        where statement!["Condition"] is not null
        from block in statement!["Condition"]!.AsObject()
        select (block.Key, block.Value!.ToJsonString());

    private static bool HasVariableWithoutValue(string values, PolicyCase drawn) => Variable().Matches(values)
        .Any(match => ConditionKey.TryParse(match.Groups[1].Value, out var key) && key.ValuesIn(drawn.Question) is null);

    [GeneratedRegex(@"\$\{([\w:/]+)\}")]
    private static partial Regex Variable();
}
