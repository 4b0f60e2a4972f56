namespace CentralOps.Tools.Listings;

/// <summary>A point between two items of what is paged through.</summary>
/// <param name="Token">Of the page, as the page before it told; null for the first.</param>
/// <param name="Skip">Items of the page that the piece read of it begins after.</param>
/// <param name="Taken">Items of that piece that are done with.</param>
/// <param name="Take">How large the piece is, so that it is the same when it is read again; 0 where nothing of it is done with.</param>
internal readonly record struct PageMark(string? Token, int Skip, int Taken, int Take)
{
    public static PageMark Start => default;
}
