namespace CentralOps.Ledger.Stores;

/// <summary>Where files go, and when the next begins.</summary>
/// <param name="Directory">Of the records. Made where it is absent, for its owner alone.</param>
/// <param name="HeadsDirectory">Of the signed heads; best on another disk, or where only this process may write.</param>
public sealed record FileStoreOptions(string Directory, string HeadsDirectory)
{
    /// <summary>Bytes after which a new part begins; 64 KiB to 1 GiB.</summary>
    public long MaxPartBytes { get; init; } = 64L * 1024 * 1024;
}
