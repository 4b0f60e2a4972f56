using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Sandbox.Policies;

/// <summary>How a principal element of a resource policy meets a caller.</summary>
internal enum PrincipalMatch
{
    None,

    /// <summary>The caller's account is named: the account decides further, by identity policy.</summary>
    Account,

    /// <summary>The caller's role is named: its session's policy still bounds it.</summary>
    Role,

    /// <summary>The caller itself is named.</summary>
    Caller,
}

/// <summary>One entry of a <c>Principal</c> element.</summary>
internal sealed class PrincipalPattern
{
    private readonly string _arn;
    private readonly string? _accountId;

    private PrincipalPattern(string arn, string? accountId) => (_arn, _accountId) = (arn, accountId);

    /// <summary>A service, which no caller of the sandbox's API ever is.</summary>
    public static PrincipalPattern Service { get; } = new("", null);

    /// <summary>An account id, a root ARN, a user's, role's or session's ARN, or <c>*</c>; AWS takes no other wildcard here.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PrincipalPattern? pattern)
    {
        pattern = null;
        if (text is "*")
        {
            pattern = new PrincipalPattern("*", null);
            return true;
        }

        if (text.Length == 12 && text.All(char.IsAsciiDigit))
        {
            pattern = new PrincipalPattern($"arn:aws:iam::{text}:root", text);
            return true;
        }

        var parts = text.Split(':', 6);
        if (parts is not ["arn", "aws", "iam" or "sts", "", { Length: 12 } account, { Length: > 0 } name] || name.AsSpan().IndexOfAny('*', '?') >= 0)
        {
            return false;
        }

        pattern = new PrincipalPattern(text, name is "root" ? account : null);
        return true;
    }

    /// <summary><c>*</c>.</summary>
    public bool IsAnyone => _arn is "*";

    public PrincipalMatch Match(Principal principal)
    {
        if (IsAnyone || string.Equals(_arn, principal.Arn, StringComparison.Ordinal))
        {
            return PrincipalMatch.Caller;
        }

        if (string.Equals(_arn, principal.IamArn, StringComparison.Ordinal))
        {
            return PrincipalMatch.Role;
        }

        return string.Equals(_accountId, principal.AccountId, StringComparison.Ordinal) ? PrincipalMatch.Account : PrincipalMatch.None;
    }
}
