using CentralOps.Access.Selectors;

namespace CentralOps.Access.Rules;

/// <summary>
/// In which accounts one caller may use one tool. A deny beats every allow; what nothing allows is denied. What is not known of an account is
/// held against the caller.
/// </summary>
public sealed class AccountGrant
{
    private readonly IReadOnlyList<AccessRule> _allowing;
    private readonly IReadOnlyList<AccessRule> _denying;
    private readonly bool _everything;

    internal AccountGrant(IReadOnlyList<AccessRule> allowing, IReadOnlyList<AccessRule> denying) => (_allowing, _denying) = (allowing, denying);

    private AccountGrant(bool everything)
        : this([], []) => _everything = everything;

    /// <summary>Every account.</summary>
    public static AccountGrant All { get; } = new(everything: true);

    public static AccountGrant None { get; } = new(everything: false);

    /// <summary>Whether there can be an account at all: without one the tool is not there for the caller.</summary>
    public bool IsPossible => _everything || (_allowing.Count > 0 && !_denying.Any(static rule => rule.Accounts.IsAll));

    /// <summary>The rules that speak of caller and tool: those that allow, then those that deny.</summary>
    public IReadOnlyList<AccessRule> Rules => [.. _allowing, .. _denying];

    /// <summary>What has to be known of accounts to judge them.</summary>
    public AccountFactKinds Needs =>
        IsPossible ? _allowing.Concat(_denying).Aggregate(AccountFactKinds.None, static (needs, rule) => needs | rule.Accounts.Needs) : AccountFactKinds.None;

    public bool Admits(IAccountFacts account) => Judge(account).IsPermitted;

    public AccessDecision Judge(IAccountFacts account)
    {
        if (_everything)
        {
            return new AccessDecision(true, null);
        }

        return First(_denying, account) is { } denying
            ? new AccessDecision(false, denying)
            : First(_allowing, account) is { } allowing ? new AccessDecision(true, allowing) : default;
    }

    private static AccessRule? First(IReadOnlyList<AccessRule> rules, IAccountFacts account)
    {
        foreach (var rule in rules)
        {
            if (rule.Means(account))
            {
                return rule;
            }
        }

        return null;
    }
}

/// <summary>Whether a call may be made, and by which rule; none where no rule speaks of it.</summary>
public readonly record struct AccessDecision(bool IsPermitted, AccessRule? By);
