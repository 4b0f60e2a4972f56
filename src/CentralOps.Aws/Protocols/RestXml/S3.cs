using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.RestXml;

/// <summary>What Amazon S3 does otherwise than restXml says, where AWS's API description format has no word for it.</summary>
internal static class S3
{
    public const string RequestIdHeader = "x-amz-request-id";

    /// <summary>Not S3 Control, which has the same signing name and the usual errors.</summary>
    public static bool Is(ServiceModel service) => service.EndpointPrefix is "s3";

    /// <summary>The answer's one member is its root element.</summary>
    public static bool Unwraps(OperationModel operation) => Is(operation.Service) && operation.Name is "GetBucketLocation";
}
