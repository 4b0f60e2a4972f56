namespace CentralOps.Tools.Fleet;

/// <summary>What one answer may come to. The first thing always has room: an answer that gives nothing would go on for ever.</summary>
/// <param name="maxBytes">Of items and failures, with what stands around them.</param>
/// <param name="maxItems">Items.</param>
internal sealed class PageBudget(long maxBytes, long maxItems)
{
    public long Bytes { get; private set; }

    public long Items { get; private set; }

    public long BytesLeft => maxBytes - Bytes;

    public long ItemsLeft => maxItems - Items;

    public bool IsUntouched { get; private set; } = true;

    public bool HasRoom(long bytes) => IsUntouched || bytes <= BytesLeft;

    public void Use(long bytes, long items)
    {
        Bytes += bytes;
        Items += items;
        IsUntouched = false;
    }
}
