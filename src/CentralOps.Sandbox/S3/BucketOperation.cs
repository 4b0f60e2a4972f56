using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Storage;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.S3;

/// <summary>An operation on one bucket.</summary>
internal abstract class BucketOperation(Estate estate) : Operation
{
    /// <summary>S3 tells a bucket's location from every region.</summary>
    protected virtual bool AnyRegion => false;

    public sealed override string Resource(OperationCall call) => $"arn:aws:s3:::{call.Text("Bucket")}";

    public sealed override ResourcePolicy? ResourcePolicy(OperationCall call) =>
        estate.TryFindBucket(call.Text("Bucket") ?? "", out var bucket) ? new ResourcePolicy(bucket.AccountId, bucket.Policy) : null;

    public sealed override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var name = call.Text("Bucket") ?? "";
        if (!BucketName.IsValid(name))
        {
            return new(new ServiceError("InvalidBucketName", "The specified bucket is not valid."));
        }

        if (!estate.TryFindBucket(name, out var bucket))
        {
            return new(new ServiceError("NoSuchBucket", "The specified bucket does not exist", 404));
        }

        if (call.Text("ExpectedBucketOwner") is { } owner && !string.Equals(owner, bucket.AccountId, StringComparison.Ordinal))
        {
            return new(S3Errors.AccessDenied);
        }

        return new(AnyRegion || string.Equals(bucket.Region, call.Region, StringComparison.Ordinal) ? Answer(bucket) : S3Errors.Elsewhere(bucket));
    }

    protected abstract OperationAnswer Answer(Bucket bucket);
}
