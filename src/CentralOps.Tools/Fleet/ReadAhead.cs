using CentralOps.Tools.Listings;

namespace CentralOps.Tools.Fleet;

/// <summary>
/// Keeps what is read for one answer: not much more than fits into it. At first as much at once as AWS is asked, or as the answer before this one came to;
/// then as many places as what was seen of places says. What stands empty costs nothing, and is never a reason to wait.
/// </summary>
/// <param name="first">Pieces at once before anything is known.</param>
/// <param name="maxBytes">That the answer may come to.</param>
/// <param name="maxItems">That it may hold.</param>
internal sealed class ReadAhead(int first, long maxBytes, long maxItems) : IPlaceTaker
{
    private const int Margin = 2;

    private readonly Lock _gate = new();
    private long _bytes;
    private long _items;
    private int _places;
    private Slot? _awaited;

    /// <summary>
    /// The piece that the answer waits for: until it is done it is begun, whatever lies ready behind it. Once it is done nothing more is, however long who
    /// waits for it takes to notice.
    /// </summary>
    public Slot? Awaited
    {
        set
        {
            lock (_gate)
            {
                _awaited = value;
            }
        }
    }

    public bool MayBegin(int underWay)
    {
        lock (_gate)
        {
            if (underWay == 0 && _awaited is { State: not SlotState.Done })
            {
                return true;
            }

            // What lies ready and does not fit any more would be read for nothing.
            var (bytesLeft, itemsLeft) = (maxBytes - _bytes, maxItems - _items);
            return bytesLeft > 0 && itemsLeft > 0 && underWay < Wanted(bytesLeft, itemsLeft);
        }
    }

    public ValueTask<bool> TakeAsync(PlaceSlot place, PageStep step, CancellationToken cancellationToken)
    {
        place.Keep(step);
        return ValueTask.FromResult(place.Bytes < maxBytes && place.Items < maxItems);
    }

    public void Finished(long bytes, long items)
    {
        lock (_gate)
        {
            _places++;
            _bytes += bytes;
            _items += items;
        }
    }

    /// <summary>How many places should be enough, by what places came to.</summary>
    private long Wanted(long bytesLeft, long itemsLeft)
    {
        if (_places == 0)
        {
            return first;
        }

        var byBytes = (double)bytesLeft * _places / Math.Max(_bytes, 1);
        var byItems = (double)itemsLeft * _places / Math.Max(_items, 1);
        return (long)Math.Min(Math.Min(byBytes, byItems), int.MaxValue) + Margin;
    }
}
