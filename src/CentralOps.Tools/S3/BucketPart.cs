using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.S3;

/// <summary>What one of S3's operations tells of a bucket.</summary>
/// <param name="Resource">Its fields stand at the answer's root.</param>
/// <param name="NotSet">The code with which S3 says that there is no such configuration, which is an answer and no failure.</param>
internal sealed record BucketPart(Resource Resource, string? NotSet)
{
    public bool IsNotSet(Refusal? refusal) =>
        NotSet is not null && refusal is Refusal.ServiceFailed { Failure.Code: var code } && string.Equals(code, NotSet, StringComparison.Ordinal);
}
