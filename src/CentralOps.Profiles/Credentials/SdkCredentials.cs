using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using CentralOps.Aws.Credentials;

namespace CentralOps.Profiles.Credentials;

/// <summary>Keys as AWS's SDK gets them, and keeps them until shortly before they end.</summary>
internal sealed class SdkCredentials(string? profile, Func<AWSCredentials> open, TimeProvider time) : ICredentialSource, IDisposable
{
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1);
    private AWSCredentials? _source;
    private AwsCredentials? _last;

    public static SdkCredentials Of(CredentialProfile profile, CredentialProfileStoreChain store, TimeProvider time) =>
        profile.Options.MfaSerial is { Length: > 0 }
            ? throw new CredentialException(
                CredentialProblem.Setting,
                $"Profile '{Words.Shown(profile.Name)}' asks for an MFA code, and nobody can be asked for one here.",
                "Use a profile of IAM Identity Center (aws configure sso), or one with session keys from: aws sts get-session-token")
            : new(profile.Name, () => AWSCredentialsFactory.GetAWSCredentials(profile, store), time);

    public static SdkCredentials OfChain(TimeProvider time) => new(profile: null, () => new DefaultAWSCredentialsIdentityResolver().ResolveIdentity(clientConfig: null), time);

    public void Dispose() => _one.Dispose();

    public async ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return IsGood(_last) ? _last : _last = await FetchAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask<AwsCredentials?> RenewAsync(AwsCredentials expired, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // Several calls fail on the same keys at once: the first of them fetched new ones already.
            if (_last is not null && _last != expired)
            {
                return _last;
            }

            (_source as RefreshingAWSCredentials)?.ClearCredentials();
            _last = await FetchAsync(cancellationToken);
            return _last == expired ? null : _last;
        }
        finally
        {
            _one.Release();
        }
    }

    private bool IsGood([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] AwsCredentials? keys) =>
        keys?.Expiration is { } ends && ends - Spare > time.GetUtcNow();

    private async Task<AwsCredentials> FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Opening a source may read files and ask services, and knows no cancelling.
            var source = _source ??= await Task.Run(open, cancellationToken).WaitAsync(cancellationToken);
            var keys = await Task.Run(source.GetCredentialsAsync, cancellationToken).WaitAsync(cancellationToken);
            return new AwsCredentials(keys.AccessKey, keys.SecretKey, keys.Token is { Length: > 0 } token ? token : null, EndOf(source));
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw CredentialFaults.From(fault, profile);
        }
    }

    private static DateTimeOffset? EndOf(AWSCredentials source) =>
        source.Expiration is { } end ? new DateTimeOffset(DateTime.SpecifyKind(end.ToUniversalTime(), DateTimeKind.Utc)) : null;
}
