using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Estates.Storage;

/// <summary>An S3 bucket. Its name is taken in the whole partition.</summary>
internal sealed record Bucket(string Name, string AccountId, string Region)
{
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>AES256</c> or <c>aws:kms</c>; S3 has encrypted every bucket since 2023.</summary>
    public string Encryption { get; init; } = "AES256";

    /// <summary>Null where versioning was never switched on.</summary>
    public string? Versioning { get; init; }

    /// <summary>Null where no public access block was set.</summary>
    public bool? BlocksPublicAccess { get; init; } = true;

    /// <summary>The bucket policy; null where there is none.</summary>
    public PolicyDocument? Policy { get; init; }

    /// <summary>Whether the policy admits anybody, as S3 judges it.</summary>
    public bool PolicyIsPublic { get; init; }

    /// <summary>None: the bucket has no tag set.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
