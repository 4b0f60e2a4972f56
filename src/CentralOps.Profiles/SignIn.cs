using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using CentralOps.Aws.Credentials;
using CentralOps.Profiles.Credentials;

namespace CentralOps.Profiles;

/// <summary>A person's sign-in at IAM Identity Center. Its token's cache and renewal are AWS's SDK's.</summary>
public sealed class SignIn
{
    private readonly string _profile;
    private readonly ProfileTokenProvider _tokens;

    private SignIn(string profile, string region, ProfileTokenProvider tokens)
    {
        _profile = profile;
        Region = region;
        _tokens = tokens;
    }

    /// <summary>Where Identity Center is, which is not where calls go.</summary>
    public string Region { get; }

    /// <exception cref="CredentialException">The sign-in is over, or never was.</exception>
    public async ValueTask<string> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var resolved = await _tokens.TryResolveTokenAsync(cancellationToken);
            return resolved is { Success: true, Value.Token: { Length: > 0 } token } ? token : throw Over(cause: null);
        }
        catch (Exception fault) when (fault is AmazonClientException or InvalidOperationException)
        {
            throw CredentialFaults.From(fault, _profile) is { Problem: CredentialProblem.SignIn } known ? known : Over(fault);
        }
    }

    internal static SignIn? Of(CredentialProfile profile) =>
        profile is { Options: { SsoRegion: { Length: > 0 } region, SsoSession: { Length: > 0 } } } ? new(profile.Name, region, new ProfileTokenProvider(profile.Name)) : null;

    private CredentialException Over(Exception? cause) => new(
        CredentialProblem.SignIn, $"The sign-in of profile '{Words.Shown(_profile)}' (IAM Identity Center) is over, or never was.", $"Run: aws sso login --profile {Words.Shown(_profile)}", cause);
}
