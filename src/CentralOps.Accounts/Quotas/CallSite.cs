using CentralOps.Access.Callers;
using CentralOps.Accounts.Credentials;

namespace CentralOps.Accounts.Quotas;

/// <summary>Where a call counts against AWS's quotas.</summary>
/// <param name="Account">The account whose quota it is, 12 digits; empty for the account that CentralOps itself runs in.</param>
/// <param name="Region">The region that is signed for; a global service has one.</param>
/// <param name="Service">As the models name it, such as <c>ec2</c>.</param>
/// <param name="Group">Operations that share one quota: the name of the group in <see cref="PublishedRates"/>, or the operation's own.</param>
public readonly record struct CallSite(string Account, string Region, string Service, string Group)
{
    /// <summary>Whether it is of the account that CentralOps itself runs in.</summary>
    internal bool IsOwn => Account.Length == 0;
}

/// <summary>Between whom places and turns are shared: a caller, by the name under which CloudTrail shows him.</summary>
public readonly record struct CallerKey(string Name)
{
    public static CallerKey Of(Caller caller) => new(SessionIdentity.Of(caller));
}
