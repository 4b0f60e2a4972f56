using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.RestXml;

/// <summary>What Amazon S3 does otherwise than restXml says, where AWS's API description format has no word for it.</summary>
internal static class S3
{
    public const string RequestIdHeader = "x-amz-request-id";

    /// <summary>Where the bucket is, in an answer to a request that was sent elsewhere.</summary>
    public const string RegionHeader = "x-amz-bucket-region";

    /// <summary>Not S3 Control, which has the same signing name and the usual errors.</summary>
    public static bool Is(ServiceModel service) => service.EndpointPrefix is "s3";

    /// <summary>The operation is about a bucket, which its path begins with.</summary>
    public static bool NamesBucket(OperationModel operation) =>
        Is(operation.Service) && operation.RequestUri.StartsWith("/{Bucket}", StringComparison.Ordinal);

    /// <summary>The answer's one member is its root element.</summary>
    public static bool Unwraps(OperationModel operation) => Is(operation.Service) && operation.Name is "GetBucketLocation";

    /// <summary>
    /// The answer sends its asker to another region. With status 400 the signature was made for the wrong one; HEAD says nothing but that.
    /// The region is a name and nothing more: what else the header might hold leads nowhere.
    /// </summary>
    public static bool Redirects(WireError error, WireResponse response) =>
        response.Status is 301 or 307 or 400 && RegionName.TryParse(error.BucketRegion, out _);

    /// <summary>
    /// The path as the model has it, whichever way the bucket was asked for: <c>/bucket/key</c>. A slash behind a bucket alone says
    /// nothing; one behind a key is a part of it.
    /// </summary>
    public static string PathOf(WireRequest request)
    {
        var path = BucketOf(request.Headers.Find("Host") ?? "") is { } bucket ? $"/{bucket}{request.Path}" : request.Path;
        var slash = path.IndexOf('/', Math.Min(1, path.Length));
        return slash > 1 && slash == path.Length - 1 ? path[..^1] : path;
    }

    /// <summary>What stands before S3's own name (<c>s3.</c>, <c>s3-fips.</c>) or before <c>localhost</c>; null when nothing does.</summary>
    private static string? BucketOf(string host)
    {
        var port = host.LastIndexOf(':');
        var name = port >= 0 && !host.EndsWith(']') ? host[..port] : host;
        var end = Math.Max(name.LastIndexOf(".s3.", StringComparison.OrdinalIgnoreCase), name.LastIndexOf(".s3-", StringComparison.OrdinalIgnoreCase));
        if (end < 0 && !name.StartsWith("s3.", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            end = name.Length - ".localhost".Length;
        }

        return end > 0 ? name[..end] : null;
    }
}
