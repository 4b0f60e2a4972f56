using CentralOps.Accounts.Refusals;

namespace CentralOps.Tools.Listings;

/// <summary>Pages of a question that cannot be asked.</summary>
internal sealed class RefusedPages(Refusal refusal) : IPages
{
    public Task<PageRead> ReadAsync(string? position, int skip, int take, CancellationToken cancellationToken) => Task.FromResult(PageRead.Refused(refusal));
}
