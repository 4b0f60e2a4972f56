using CentralOps.Access.Callers;
using CentralOps.Access.Selectors;

namespace CentralOps.Access.Rules;

/// <summary>Lets callers use tools in accounts, or keeps them from it.</summary>
/// <param name="Name">As decisions tell it.</param>
/// <param name="Line">Where it begins in its file; 0 where there is none.</param>
public sealed record AccessRule(string Name, RuleEffect Effect, CallerMatch Who, IReadOnlyList<ToolPattern> Tools, AccountTerms Accounts, int Line = 0)
{
    private bool Withholds => Effect == RuleEffect.Deny;

    internal bool Concerns(Caller caller, string tool) => Who.Means(caller, Withholds) && Tools.Any(pattern => pattern.Means(tool, Withholds));

    internal bool Means(Caller caller) => Who.Means(caller, Withholds);

    internal bool Covers(Caller caller, string target, RuleEffect effect) => Effect == effect && Means(caller) && Tools.Any(pattern => pattern.CoversTarget(target));

    internal bool Means(IAccountFacts account) => Accounts.Mean(account, Withholds);
}

public enum RuleEffect
{
    Allow,
    Deny,
}
