using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates.Storage;

namespace CentralOps.Sandbox.S3;

/// <summary>AWS's structure <c>Bucket</c>.</summary>
internal static class BucketShape
{
    public static JsonObject Of(Bucket bucket) => new()
    {
        ["Name"] = bucket.Name,
        ["CreationDate"] = bucket.CreatedAt.UtcDateTime,
        ["BucketRegion"] = bucket.Region,
        ["BucketArn"] = $"arn:aws:s3:::{bucket.Name}",
    };
}
