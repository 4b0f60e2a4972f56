using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Listings;

/// <summary>Items, a page at a time: as AWS pages them, or made of several of AWS's answers.</summary>
internal interface IPages
{
    /// <param name="position">Where the page is, as the page before it told; null for the first.</param>
    /// <param name="skip">Items of the page to pass over.</param>
    /// <param name="take">Items to write at most.</param>
    Task<PageRead> ReadAsync(string? position, int skip, int take, CancellationToken cancellationToken);
}

/// <summary>A page that was read.</summary>
/// <param name="Items">JSON objects, separated by commas.</param>
/// <param name="Count">How many.</param>
/// <param name="CutAt">Where on the page the first item stands that was not taken; null when none is left.</param>
/// <param name="Next">Where the page after it is; null when it is the last.</param>
internal sealed record Page(ReadOnlyMemory<byte> Items, int Count, int? CutAt, string? Next)
{
    /// <summary>Where the page is, where that can be told more exactly than it was asked.</summary>
    public string? Position { get; init; }

    /// <summary>Items of the page that could not be read, while others could.</summary>
    public IReadOnlyList<Failure> Failures { get; init; } = [];
}

/// <summary>A page, or why there is none.</summary>
internal readonly record struct PageRead(Page? Page, Refusal? Refusal)
{
    public static implicit operator PageRead(Page page) => new(page, null);

    public static PageRead Refused(Refusal refusal) => new(null, refusal);
}
