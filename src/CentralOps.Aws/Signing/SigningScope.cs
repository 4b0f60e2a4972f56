namespace CentralOps.Aws.Signing;

/// <summary>Region and service of a credential scope, and the few rules that differ by service.</summary>
public sealed record SigningScope(string Region, string Service)
{
    /// <summary>S3 encodes a path once and leaves dots alone; everybody else encodes twice and normalises.</summary>
    public bool DoubleEncodePath { get; init; } = !IsS3(Service);

    public bool NormalizePath { get; init; } = !IsS3(Service);

    /// <summary>States the body's hash in <c>X-Amz-Content-Sha256</c>, which S3 demands.</summary>
    public bool StateContentHash { get; init; } = IsS3(Service);

    /// <summary>Leaves the body out of the signature (<c>UNSIGNED-PAYLOAD</c>); only S3 takes that.</summary>
    public bool UnsignedPayload { get; init; }

    /// <summary>False: the session token is added after signing and not covered, as AWS IoT wants it.</summary>
    public bool SignSessionToken { get; init; } = true;

    internal static bool IsS3(ReadOnlySpan<char> service) => service is "s3" or "s3express" or "s3-object-lambda" or "s3-outposts";
}
