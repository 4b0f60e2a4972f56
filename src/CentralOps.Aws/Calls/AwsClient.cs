using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Projections;

namespace CentralOps.Aws.Calls;

/// <summary>Calls any operation of any service: serialize, sign, send, retry, transcode. Safe for concurrent use.</summary>
public sealed class AwsClient(HttpMessageInvoker http, EndpointResolver endpoints, TimeProvider time, AwsClientOptions options)
{
    /// <summary>Makes the call. Expected failures come back as values; only cancellation and a call that does not fit the model throw.</summary>
    public Task<AwsAnswer> CallAsync(AwsCall call, Transcription into, CancellationToken cancellationToken)
    {
        _ = (http, endpoints, time, options);
        throw new NotSupportedException("Not built yet.");
    }
}

/// <summary>Settings of the client.</summary>
public sealed record AwsClientOptions
{
    /// <summary>Attempts in all, 1 to 10. AWS's standard mode makes 3.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Time for one attempt, body included.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest answer that is read, in bytes.</summary>
    public int MaxResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Application id in the User-Agent (<c>app/…</c>).</summary>
    public string ApplicationId { get; init; } = "centralops";
}
