using System.Buffers;
using CentralOps.Aws.Calls;

namespace CentralOps.Accounts.Refusals;

/// <summary>Which kind of policy said no.</summary>
internal enum DenialSource
{
    /// <summary>AWS does not say: services differ, and across organizations none does.</summary>
    Unsaid,
    IdentityPolicy,
    ResourcePolicy,
    RoleTrustPolicy,
    PermissionsBoundary,
    SessionPolicy,
    ServiceControlPolicy,
    ResourceControlPolicy,
    VpcEndpointPolicy,
}

/// <summary>
/// What AWS says of a denial, taken from its words: <c>User: … is not authorized to perform: … on resource: …</c>, and then
/// <c>because no … policy allows the … action</c> or <c>with an explicit deny in a …</c>. It decides which words and which remedy a refusal
/// gets, and nothing that grants something.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html</remarks>
internal sealed record Denial(DenialSource By, bool IsExplicit)
{
    private const string Explicitly = " with an explicit deny in ";
    private const string Implicitly = " because no ";
    private const string Performing = " is not authorized to perform: ";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static readonly (string Words, DenialSource Source)[] Kinds =
    [
        ("identity-based policy", DenialSource.IdentityPolicy),
        ("resource-based policy", DenialSource.ResourcePolicy),
        ("role trust policy", DenialSource.RoleTrustPolicy),
        ("permissions boundary", DenialSource.PermissionsBoundary),
        ("session policy", DenialSource.SessionPolicy),
        ("service control policy", DenialSource.ServiceControlPolicy),
        ("resource control policy", DenialSource.ResourceControlPolicy),
        ("VPC endpoint policy", DenialSource.VpcEndpointPolicy),
    ];

    /// <summary>The action that was not permitted, where AWS tells it and it is one.</summary>
    public string? Action { get; private init; }

    /// <summary>The id of the organization's policy, where AWS tells it and it is one, such as <c>p-2kgnabcd</c>.</summary>
    public string? OrganizationPolicyId { get; private init; }

    public bool IsByOrganization => By is DenialSource.ServiceControlPolicy or DenialSource.ResourceControlPolicy;

    public static Denial Of(AwsFailure failure) => Of(failure.Message);

    public static Denial Of(string message)
    {
        // The last of each: what stands before it may be a resource's name, which anybody chooses.
        var denied = message.LastIndexOf(Explicitly, StringComparison.Ordinal);
        var missed = message.LastIndexOf(Implicitly, StringComparison.Ordinal);
        var isExplicit = denied > missed;
        var at = isExplicit ? denied + Explicitly.Length : missed + Implicitly.Length;
        var words = Math.Max(denied, missed) < 0 ? "" : WithoutArticle(message.AsSpan(at), isExplicit);
        var source = DenialSource.Unsaid;
        foreach (var (kind, named) in Kinds)
        {
            source = words.StartsWith(kind, StringComparison.Ordinal) ? named : source;
        }

        return new Denial(source, isExplicit && source != DenialSource.Unsaid) { Action = ActionIn(message), OrganizationPolicyId = PolicyIdIn(words) };
    }

    private static ReadOnlySpan<char> WithoutArticle(ReadOnlySpan<char> words, bool isExplicit)
    {
        foreach (var article in isExplicit ? ["a ", "an ", "the "] : ReadOnlySpan<string>.Empty)
        {
            if (words.StartsWith(article, StringComparison.Ordinal))
            {
                return words[article.Length..];
            }
        }

        return words;
    }

    private static string? ActionIn(string message)
    {
        var start = message.IndexOf(Performing, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var rest = message.AsSpan(start + Performing.Length);
        var action = rest[..EndOfWord(rest)].TrimEnd('.');
        var colon = action.IndexOf(':');
        return colon > 0 && colon < action.Length - 1 && action.Length <= 128 && !action[..colon].ContainsAnyExcept(NameCharacters) && !action[(colon + 1)..].ContainsAnyExcept(NameCharacters)
            ? action.ToString()
            : null;
    }

    /// <summary>From <c>…: arn:aws:organizations::123456789012:policy/o-a1b2c3d4e5/service_control_policy/p-a1b2c3d4</c>.</summary>
    private static string? PolicyIdIn(ReadOnlySpan<char> words)
    {
        var arn = words.IndexOf("arn:", StringComparison.Ordinal);
        if (arn < 0)
        {
            return null;
        }

        words = words[arn..];
        words = words[..EndOfWord(words)].TrimEnd('.');
        var id = words[(words.LastIndexOf('/') + 1)..];
        return id.StartsWith("p-", StringComparison.Ordinal) && id.Length is > 2 and <= 130 && !id[2..].ContainsAnyExcept(IdCharacters) ? id.ToString() : null;
    }

    private static int EndOfWord(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(' ');
        return end < 0 ? text.Length : end;
    }
}
