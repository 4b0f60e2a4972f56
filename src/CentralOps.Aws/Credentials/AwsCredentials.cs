namespace CentralOps.Aws.Credentials;

/// <summary>Keys to sign with. <see cref="ToString"/> tells the key id only.</summary>
public sealed record AwsCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null, DateTimeOffset? Expiration = null)
{
    /// <summary>For operations that are not signed.</summary>
    public static AwsCredentials Anonymous { get; } = new("", "");

    public override string ToString() => AccessKeyId;
}
