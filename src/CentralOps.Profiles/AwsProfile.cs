using Amazon.Runtime.CredentialManagement;
using CentralOps.Aws.Credentials;
using CentralOps.Profiles.Credentials;
using CentralOps.Profiles.Settings;

namespace CentralOps.Profiles;

/// <summary>
/// Who a person is to AWS, by the usual chain: a profile that is named, else keys in the environment, else <c>AWS_PROFILE</c>, else what AWS's
/// SDK finds (web identity, the default profile, a container's or instance's role). With it come the profile's region and settings.
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
/// </summary>
public sealed class AwsProfile
{
    private readonly ProfileSettings _settings;

    private AwsProfile(string? name, ICredentialSource credentials, ProfileSettings settings)
    {
        (Name, Credentials, _settings) = (name, credentials, settings);
        Region = settings.Find("AWS_REGION") ?? settings.Find("AWS_DEFAULT_REGION");
    }

    /// <summary>Null when the keys come from no profile that was named.</summary>
    public string? Name { get; }

    public ICredentialSource Credentials { get; }

    /// <summary>The person's sign-in at IAM Identity Center; null where the profile has none (an <c>sso_session</c> makes one).</summary>
    public SignIn? SignIn { get; private init; }

    /// <summary>Of the environment, else of the profile; null when neither says one.</summary>
    public string? Region { get; }

    /// <summary>
    /// A standard setting such as <c>AWS_ENDPOINT_URL_EC2</c>, <c>AWS_USE_FIPS_ENDPOINT</c> or <c>AWS_CA_BUNDLE</c>: the environment's, else the
    /// profile's. To be given to whatever reads settings through a lookup.
    /// </summary>
    public string? Setting(string name) => _settings.Find(name);

    /// <param name="name">Of <c>--profile</c>; null where none was given.</param>
    /// <param name="variable">The process environment. AWS's SDK reads its own settings from there by itself.</param>
    /// <exception cref="CredentialException">The profile does not exist, or is not whole. Nothing is fetched yet.</exception>
    public static AwsProfile Open(string? name, Func<string, string?> variable, TimeProvider time)
    {
        if (name is null && Has(variable, "AWS_ACCESS_KEY_ID"))
        {
            return EnvironmentCredentials.TryRead(variable, out var keys, out var problem)
                ? new AwsProfile(name: null, new FixedCredentials(keys), ProfileSettings.Of(DefaultProfile(variable), variable))
                : throw new CredentialException(CredentialProblem.Setting, problem, "Correct the variables, or unset them and use a profile.");
        }

        var asked = name ?? (Has(variable, "AWS_PROFILE") ? variable("AWS_PROFILE") : null);
        if (asked is null)
        {
            return new AwsProfile(name: null, SdkCredentials.OfChain(time), ProfileSettings.Of(DefaultProfile(variable), variable));
        }

        var store = Store(variable);
        if (!store.TryGetProfile(asked, out var profile))
        {
            throw new CredentialException(
                CredentialProblem.NoSuchProfile, $"There is no profile '{Words.Shown(asked)}' in AWS's config and credentials files.", Known(store));
        }

        return new AwsProfile(asked, SdkCredentials.Of(profile, store, time), ProfileSettings.Of(profile, variable)) { SignIn = SignIn.Of(profile) };
    }

    private static CredentialProfile? DefaultProfile(Func<string, string?> variable) =>
        Store(variable).TryGetProfile(variable("AWS_PROFILE") is { Length: > 0 } name ? name : "default", out var profile) ? profile : null;

    private static CredentialProfileStoreChain Store(Func<string, string?> variable) =>
        variable("AWS_SHARED_CREDENTIALS_FILE") is { Length: > 0 } path ? new(path) : new();

    private static string Known(CredentialProfileStoreChain store)
    {
        var names = store.ListProfiles().Select(profile => Words.Shown(profile.Name)).Order(StringComparer.Ordinal).ToArray();
        return names.Length switch
        {
            0 => "Make one: aws configure sso",
            <= 20 => $"Name one of: {string.Join(", ", names)}",
            _ => $"Name one of {names.Length}, such as {string.Join(", ", names.Take(20))} (all: aws configure list-profiles)",
        };
    }

    private static bool Has(Func<string, string?> variable, string name) => !string.IsNullOrEmpty(variable(name));
}
