namespace CentralOps.Sandbox.Estates;

/// <summary>Where an estate's resources come from: a seed, or a file that somebody wrote.</summary>
internal interface IResourceSource
{
    /// <summary>The regions in which any account may have something.</summary>
    IReadOnlyList<string> Regions { get; }

    /// <summary>All that an account has in a region; the same whenever it is asked.</summary>
    RegionResources Make(Account account, string region);

    /// <summary>The id of the account that a bucket of this name would be of; null where no account could have it.</summary>
    string? OwnerOfBucket(string bucketName);
}
