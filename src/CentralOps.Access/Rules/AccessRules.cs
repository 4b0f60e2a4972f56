using CentralOps.Access.Callers;
using CentralOps.Access.Selectors;

namespace CentralOps.Access.Rules;

/// <summary>
/// What callers may do: one rule set for the gateway and for the way into accounts. List, search, call and counts are all judged by
/// <see cref="AccountsOf"/>. Immutable, safe for concurrent use.
/// </summary>
public sealed class AccessRules
{
    private readonly Func<Caller, bool>? _admits;

    private AccessRules(Func<Caller, bool>? admits, IReadOnlyList<AccessRule> rules) => (_admits, Rules) = (admits, rules);

    /// <summary>The local caller may use every tool in every account; nobody else may use any.</summary>
    public static AccessRules LocalOnly { get; } = Only(Caller.Local);

    /// <summary>Whoever is identified may use every tool in every account; who is not may use none.</summary>
    public static AccessRules RequireIdentity { get; } = new(static caller => caller.IsIdentified, []);

    /// <summary>Everybody may use everything: for a gateway whose tools ask nobody's accounts.</summary>
    public static AccessRules Everybody { get; } = new(static _ => true, []);

    /// <summary>The rules of a file; none where everything follows from who the caller is.</summary>
    public IReadOnlyList<AccessRule> Rules { get; }

    /// <summary>One person may use every tool in every account that AWS lets the person into; nobody else may use any.</summary>
    public static AccessRules Only(Caller person) => new(caller => caller == person, []);

    /// <summary>What these rules say, in any order.</summary>
    public static AccessRules Of(IReadOnlyList<AccessRule> rules) => new(null, [.. rules]);

    /// <summary>In which accounts the caller may use the tool.</summary>
    /// <param name="tool">Its name, with its target's in front (<c>target___tool</c>) where that is known.</param>
    public AccountGrant AccountsOf(Caller caller, string tool)
    {
        if (_admits is not null)
        {
            return _admits(caller) ? AccountGrant.All : AccountGrant.None;
        }

        List<AccessRule> allowing = [], denying = [];
        foreach (var rule in Rules)
        {
            if (rule.Concerns(caller, tool))
            {
                (rule.Effect == RuleEffect.Allow ? allowing : denying).Add(rule);
            }
        }

        return allowing.Count == 0 && denying.Count == 0 ? AccountGrant.None : new AccountGrant(allowing, denying);
    }

    public bool Permits(Caller caller, string tool, IAccountFacts account) => AccountsOf(caller, tool).Admits(account);

    /// <summary>Whether all that a target has is there for the caller, what is no tool (prompts, resources) too.</summary>
    public bool MaySeeTarget(Caller caller, string target) => _admits is not null
        ? _admits(caller)
        : Rules.Any(rule => rule.Covers(caller, target, RuleEffect.Allow)) && !Rules.Any(rule => rule.Covers(caller, target, RuleEffect.Deny) && rule.Accounts.IsAll);

    /// <summary>Equal for callers whom the same rules mean: whatever is compiled for one serves the other.</summary>
    public string KeyOf(Caller caller) => _admits is not null
        ? _admits(caller) ? "all" : "none"
        : string.Join(',', Enumerable.Range(0, Rules.Count).Where(index => Rules[index].Means(caller)));

    /// <summary>Whether the tool is there for the caller. A tool that is not answers like one that never was.</summary>
    public bool MaySeeTool(Caller caller, string tool) => AccountsOf(caller, tool).IsPossible;
}
