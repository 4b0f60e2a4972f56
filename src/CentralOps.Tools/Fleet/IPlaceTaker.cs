using CentralOps.Tools.Listings;

namespace CentralOps.Tools.Fleet;

/// <summary>Takes what places answer, and says how much is to be read.</summary>
internal interface IPlaceTaker
{
    /// <summary>Whether another piece of work may begin. Called under a lock: it has to be quick, and to wait for nothing.</summary>
    /// <param name="underWay">Pieces that are.</param>
    bool MayBegin(int underWay);

    /// <returns>Whether the place is read on.</returns>
    ValueTask<bool> TakeAsync(PlaceSlot place, PageStep step, CancellationToken cancellationToken);

    /// <summary>A place was read, or an account turned out to be shut. Called under a lock, as <see cref="MayBegin"/>.</summary>
    /// <param name="bytes">That are kept of it.</param>
    void Finished(long bytes, long items);
}
