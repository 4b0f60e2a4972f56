using Amazon.Runtime.CredentialManagement;

namespace CentralOps.Profiles;

/// <summary>A profile of the person's files, and where it says that it leads. Its name says nothing of that.</summary>
/// <param name="Account">Of <c>sso_account_id</c>, else of <c>role_arn</c>; null where it says neither, as with keys.</param>
/// <param name="Role">The permission set or role it takes there.</param>
public sealed record ListedProfile(string Name, string? Account, string? Role)
{
    /// <summary>Every profile, ordered by name.</summary>
    public static IReadOnlyList<ListedProfile> All(Func<string, string?> variable) =>
        [.. AwsProfile.Store(variable).ListProfiles().Select(Of).OrderBy(static profile => profile.Name, StringComparer.Ordinal)];

    private static ListedProfile Of(CredentialProfile profile) => profile.Options switch
    {
        // A role that is assumed over a sign-in is where the profile leads, and not where the sign-in does.
        { RoleArn: { Length: > 0 } arn } => arn.Split(':', 6) is [_, _, "iam", _, var account, var role] && role.StartsWith("role/", StringComparison.Ordinal)
            ? new(profile.Name, account, role[(role.LastIndexOf('/') + 1)..])
            : new(profile.Name, null, null),
        { SsoAccountId: { Length: > 0 } account } options => new(profile.Name, account, options.SsoRoleName),
        _ => new(profile.Name, null, null),
    };
}
