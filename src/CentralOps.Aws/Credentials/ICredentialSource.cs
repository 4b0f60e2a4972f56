namespace CentralOps.Aws.Credentials;

/// <summary>Where keys come from. Safe for concurrent use: many ask at once, and the source fetches once for all of them.</summary>
public interface ICredentialSource
{
    /// <summary>Keys that are good for a while yet.</summary>
    /// <exception cref="CredentialException">There are none; it says why, and what to do.</exception>
    ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken);

    /// <summary>Other keys than these, which AWS has refused as expired; null where the source has no others.</summary>
    /// <exception cref="CredentialException">They cannot be had.</exception>
    ValueTask<AwsCredentials?> RenewAsync(AwsCredentials expired, CancellationToken cancellationToken);
}

/// <summary>Keys that do not change, such as an environment's.</summary>
public sealed class FixedCredentials(AwsCredentials credentials) : ICredentialSource
{
    public ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(credentials);

    public ValueTask<AwsCredentials?> RenewAsync(AwsCredentials expired, CancellationToken cancellationToken) => ValueTask.FromResult<AwsCredentials?>(null);
}
