namespace CentralOps.Gateway;

/// <summary>
/// How AWS_IAM admits real AWS identities, whose secret keys no gateway may know: the caller presigns <c>sts:GetCallerIdentity</c>, and the gateway has AWS say whose
/// signature that is. See <see cref="Callers.PresignedIdentity"/>.
/// </summary>
public sealed record AwsIdentityOptions
{
    /// <summary>The one STS that is asked, such as <c>https://sts.us-east-1.amazonaws.com</c>: a URL that a caller sends is never followed anywhere else.</summary>
    public required Uri StsEndpoint { get; init; }

    /// <summary>Whether an account's principals are admitted: the organization's, as a rule. Asked once for each presigned URL.</summary>
    public required Func<string, CancellationToken, ValueTask<bool>> AdmitsAccount { get; init; }

    /// <summary>Sends to STS. It must not follow redirects.</summary>
    public required HttpMessageInvoker Http { get; init; }

    /// <summary>How long STS may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Questions to STS in a second, whoever asks; 1 to 1,000. What is remembered costs none.</summary>
    public int MaxQuestionsPerSecond { get; init; } = 20;
}
