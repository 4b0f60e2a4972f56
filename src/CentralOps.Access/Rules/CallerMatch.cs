using CentralOps.Access.Callers;

namespace CentralOps.Access.Rules;

/// <summary>
/// Whom a rule means. Within one list any value fits; of several lists each has to. A principal that is an ARN is looked for among IAM's
/// callers only, any other among tokens' subjects and local people only: nobody becomes an IAM role by choosing a subject that reads like one.
/// </summary>
public sealed record CallerMatch
{
    private const string AnySession = "/*";

    /// <summary>Everybody: whoever is identified, and the local owner.</summary>
    public bool Everyone { get; init; }

    /// <summary>Whoever started a local gateway, or reaches one that asks for no identity, which listens on loopback only.</summary>
    public bool Local { get; init; }

    public IReadOnlyList<string> Principals { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Providers of tokens; they alone say whose groups and subjects are meant.</summary>
    public IReadOnlyList<string> Issuers { get; init; } = [];

    /// <summary>OAuth clients.</summary>
    public IReadOnlyList<string> ClientIds { get; init; } = [];

    /// <param name="withholding">
    /// Groups and clients that did not fit where the caller was handed on may be the ones that are looked for: they are not granted by, and they are withheld by.
    /// </param>
    public bool Means(Caller caller, bool withholding)
    {
        if (Everyone)
        {
            return withholding || caller.IsIdentified || IsLocal(caller);
        }

        if (Local)
        {
            return IsLocal(caller);
        }

        var mayBeMore = withholding && caller.HasMoreGroups;
        return Fits(Principals, caller, IsPrincipal)
            && Fits(Issuers, caller, static (issuer, caller) => string.Equals(issuer, caller.Issuer, StringComparison.Ordinal))
            && (Fits(Groups, caller, static (group, caller) => caller.Groups.Contains(group, StringComparer.Ordinal)) || mayBeMore)
            && (Fits(ClientIds, caller, static (client, caller) => string.Equals(client, caller.ClientId, StringComparison.Ordinal)) || (mayBeMore && caller.ClientId is null));
    }

    private static bool IsLocal(Caller caller) => caller.Kind == CallerKind.LocalToken || caller == Caller.Local || caller == Caller.Anonymous;

    private static bool Fits(IReadOnlyList<string> wanted, Caller caller, Func<string, Caller, bool> fits) =>
        wanted.Count == 0 || wanted.Any(value => fits(value, caller));

    private static bool IsPrincipal(string wanted, Caller caller)
    {
        var isArn = wanted.StartsWith("arn:", StringComparison.Ordinal);
        if (!caller.IsIdentified || isArn != (caller.Kind == CallerKind.Iam))
        {
            return false;
        }

        return isArn && wanted.EndsWith(AnySession, StringComparison.Ordinal)
            ? IsSessionOf(wanted.AsSpan(0, wanted.Length - 1), caller.Principal)
            : string.Equals(wanted, caller.Principal, StringComparison.Ordinal);
    }

    private static bool IsSessionOf(ReadOnlySpan<char> role, string principal) =>
        principal.AsSpan().StartsWith(role, StringComparison.Ordinal) && principal.Length > role.Length && !principal.AsSpan(role.Length).Contains('/');
}
