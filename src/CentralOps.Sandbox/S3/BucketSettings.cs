using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Storage;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.S3;

internal sealed class GetBucketLocation(Estate estate) : BucketOperation(estate)
{
    public override string Name => "GetBucketLocation";

    public override string Action => "s3:GetBucketLocation";

    protected override bool AnyRegion => true;

    // us-east-1 came first, and its constraint is empty.
    protected override OperationAnswer Answer(Bucket bucket) =>
        bucket.Region is "us-east-1" ? [] : new JsonObject { ["LocationConstraint"] = bucket.Region };
}

internal sealed class GetBucketTagging(Estate estate) : BucketOperation(estate)
{
    public override string Name => "GetBucketTagging";

    public override string Action => "s3:GetBucketTagging";

    protected override OperationAnswer Answer(Bucket bucket) => bucket.Tags.Count > 0
        ? new JsonObject { ["TagSet"] = JsonList.Of(bucket.Tags) }
        : new ServiceError("NoSuchTagSet", "The TagSet does not exist", 404);
}

internal sealed class GetBucketEncryption(Estate estate) : BucketOperation(estate)
{
    public override string Name => "GetBucketEncryption";

    public override string Action => "s3:GetEncryptionConfiguration";

    protected override OperationAnswer Answer(Bucket bucket)
    {
        var rule = new JsonObject { ["SSEAlgorithm"] = bucket.Encryption };
        if (bucket.Encryption is "aws:kms")
        {
            rule["KMSMasterKeyID"] = Rds.DatabaseShape.KmsKey(bucket.AccountId, bucket.Region);
        }

        return new JsonObject
        {
            ["ServerSideEncryptionConfiguration"] = new JsonObject
            {
                ["Rules"] = new JsonArray(new JsonObject { ["ApplyServerSideEncryptionByDefault"] = rule, ["BucketKeyEnabled"] = bucket.Encryption is "aws:kms" }),
            },
        };
    }
}

internal sealed class GetBucketVersioning(Estate estate) : BucketOperation(estate)
{
    public override string Name => "GetBucketVersioning";

    public override string Action => "s3:GetBucketVersioning";

    protected override OperationAnswer Answer(Bucket bucket) => bucket.Versioning is null ? [] : new JsonObject { ["Status"] = bucket.Versioning };
}

internal sealed class GetPublicAccessBlock(Estate estate) : BucketOperation(estate)
{
    public override string Name => "GetPublicAccessBlock";

    public override string Action => "s3:GetBucketPublicAccessBlock";

    protected override OperationAnswer Answer(Bucket bucket) => bucket.BlocksPublicAccess is { } blocks
        ? new JsonObject
        {
            ["PublicAccessBlockConfiguration"] = new JsonObject
            {
                ["BlockPublicAcls"] = blocks,
                ["IgnorePublicAcls"] = blocks,
                ["BlockPublicPolicy"] = blocks,
                ["RestrictPublicBuckets"] = blocks,
            },
        }
        : new ServiceError("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", 404);
}

internal sealed class GetBucketPolicyStatus(Estate estate) : BucketOperation(estate)
{
    public override string Name => "GetBucketPolicyStatus";

    public override string Action => "s3:GetBucketPolicyStatus";

    protected override OperationAnswer Answer(Bucket bucket) => bucket.Policy is not null
        ? new JsonObject { ["PolicyStatus"] = new JsonObject { ["IsPublic"] = bucket.PolicyIsPublic } }
        : new ServiceError("NoSuchBucketPolicy", "The bucket policy does not exist", 404);
}

internal sealed class HeadBucket(Estate estate) : BucketOperation(estate)
{
    public override string Name => "HeadBucket";

    public override string Action => "s3:ListBucket";

    protected override OperationAnswer Answer(Bucket bucket) => new JsonObject { ["BucketRegion"] = bucket.Region, ["AccessPointAlias"] = false };
}
