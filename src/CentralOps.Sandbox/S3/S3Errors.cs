using CentralOps.Sandbox.Estates.Storage;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</summary>
internal static class S3Errors
{
    public static ServiceError AccessDenied { get; } = new("AccessDenied", "Access Denied", 403);

    /// <summary>The bucket is in another region, which the answer names.</summary>
    public static ServiceError Elsewhere(Bucket bucket) => new(
        "PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.", 301)
    {
        Headers = [("x-amz-bucket-region", bucket.Region)],
    };
}
