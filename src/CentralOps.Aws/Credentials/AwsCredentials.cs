namespace CentralOps.Aws.Credentials;

/// <summary>Keys to sign with. <see cref="ToString"/> tells the key id only.</summary>
public sealed record AwsCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null, DateTimeOffset? Expiration = null)
{
    public override string ToString() => AccessKeyId;
}
