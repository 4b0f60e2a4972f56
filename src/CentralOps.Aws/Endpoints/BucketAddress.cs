using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Protocols.RestXml;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Endpoints;

/// <summary>
/// Where a bucket of S3 is asked for: in front of the host's name, as AWS wants it, or in the path, where DNS, TLS or the endpoint
/// would not take such a name. https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
/// </summary>
internal static class BucketAddress
{
    /// <summary>The endpoint of the request's bucket. Where that has the bucket in its name, the path of the request loses it.</summary>
    /// <param name="request">Written with the bucket in its path, as the model says it.</param>
    public static Endpoint Place(OperationModel operation, WireRequest request, Endpoint endpoint)
    {
        if (!S3.NamesBucket(operation))
        {
            return endpoint;
        }

        var end = request.Path.IndexOf('/', 1);
        var bucket = Uri.UnescapeDataString(end < 0 ? request.Path[1..] : request.Path[1..end]);
        Refuse(bucket);
        if (!IsHostLabel(bucket) || !TakesNames(endpoint))
        {
            return endpoint;
        }

        request.Path = end < 0 ? "/" : request.Path[end..];
        return endpoint with { Url = new UriBuilder(endpoint.Url) { Host = $"{bucket}.{endpoint.Url.IdnHost}" }.Uri };
    }

    /// <summary>What looks like a bucket to S3, but is asked for in another way than this client knows.</summary>
    private static void Refuse(string bucket)
    {
        if (bucket.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw new InputException("'Bucket' is an ARN, for which S3 has hosts of their own. Give the bucket's name, or the access point's alias.");
        }

        if (bucket.EndsWith("--x-s3", StringComparison.Ordinal))
        {
            throw new InputException("'Bucket' names a directory bucket (S3 Express One Zone), which needs sessions that this client does not make. Give a general purpose bucket.");
        }
    }

    /// <summary>No dots: AWS's certificates stand for one label. No capitals: DNS does not tell them apart, and S3 does.</summary>
    private static bool IsHostLabel(string bucket)
    {
        foreach (var letter in bucket)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-')
            {
                return false;
            }
        }

        return bucket.Length is >= 3 and <= 63 && bucket[0] != '-' && bucket[^1] != '-';
    }

    /// <summary>Not an address, and not a name of this machine or of a container beside it, which has no names below it.</summary>
    private static bool TakesNames(Endpoint endpoint) =>
        endpoint.Url.HostNameType == UriHostNameType.Dns
        && !endpoint.Url.IsLoopback
        && endpoint.Url.IdnHost.Contains('.', StringComparison.Ordinal)
        && !endpoint.Url.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
