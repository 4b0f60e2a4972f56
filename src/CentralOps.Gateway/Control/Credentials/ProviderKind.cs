namespace CentralOps.Gateway.Control.Credentials;

/// <summary>What differs between the two kinds of credential providers.</summary>
/// <param name="Kind">Of the documents.</param>
/// <param name="Family">In the ARN of the secret.</param>
/// <param name="Member">Where a target's credential names its provider.</param>
internal sealed record ProviderKind(string Kind, string What, string Family, string Member, Func<Arns, string, string> Arn)
{
    public static ProviderKind OAuth { get; } = new(Kinds.OAuthProvider, "OAuth2 credential provider", "oauth2", "oauthCredentialProvider", static (arns, name) => arns.OAuthProvider(name));

    public static ProviderKind ApiKey { get; } = new(Kinds.ApiKeyProvider, "API key credential provider", "apikey", "apiKeyCredentialProvider", static (arns, name) => arns.ApiKeyProvider(name));

    /// <summary>As it stands in the provider's ARN.</summary>
    public string ArnFamily => $"{Family}credentialprovider";

    /// <summary>What a provider that targets use is refused with: the model gives only one of the two operations a ConflictException.</summary>
    public ControlError InUse(string name, string target)
    {
        var words = $"{What} '{Printable.Text(name, 128)}' is used by {target}. Give the target other credentials, or delete it first.";
        return string.Equals(Kind, Kinds.OAuthProvider, StringComparison.Ordinal) ? ControlError.Conflict(words) : ControlError.Invalid("name", words);
    }
}
